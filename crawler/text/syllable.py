"""Which words can be a Vietnamese syllable: onset, rhyme and tone of the standard spelling.

Told from the spelling alone (Hoàng Phê, "Từ điển chính tả"; final k for names of the Central Highlands), so that a
letter read in the wrong encoding shows: "t¸c" and "taùc" are no syllables, "tác" is one.
"""

from functools import cache
from unicodedata import normalize

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q qu r s t th tr v x".split()
_RHYMES = """
a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt
oc oe oen oeo oet oi ok om on ong ooc oong op ot
ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc uê uêch uênh uêt ui um un ung uơ up ut uy uya uych uynh uyt uyu uyên uyêt uyn uyp uân uâng uât uây
uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
y ych yêc yêm yên yêng yêt yêu ynh yt
""".split()
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_STOPPED = ("c", "ch", "k", "p", "t")
_TONES_OF_STOPPED = "\u0301\u0323"
_MAX_CHARS = 7


@cache
def _toneless() -> frozenset[str]:
    return frozenset(onset + rhyme for onset in ["", *_ONSETS] for rhyme in _RHYMES)


def is_syllable(word: str) -> bool:
    """Whether `word`, in any case and composition, is spelt as one Vietnamese syllable."""
    letters = normalize("NFD", word.lower())
    tones = [char for char in letters if char in _TONES]
    plain = normalize("NFC", "".join(char for char in letters if char not in _TONES))
    if len(tones) > 1 or len(plain) > _MAX_CHARS or plain not in _toneless():
        return False
    # A syllable closed by a stop is spelt with the tones sắc and nặng alone (or without, in names: "Đăk").
    return not (tones and plain.endswith(_STOPPED) and tones[0] not in _TONES_OF_STOPPED)
