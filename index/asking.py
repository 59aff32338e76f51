"""How people ask, in our own words: what texts that are read hardly contain and questions are full of.

`spoken.txt` has a phrase a line, written from knowledge of the language and of no text or test: everyday speech around
what people make and sell, dossiers, offices, rules, counts and news. `PHRASES` are those of asking itself.

A corpus of reports and law has "ai", "gì", "đâu" or "bao nhiêu" next to never, so a model of syllables learned from
it alone would read "ai" as "ái" and "o dau" as "ở dầu". And the words of the closed classes (prepositions,
conjunctions, pronouns, numerals, particles), which any text is full of and a dictionary lists once like any other:
without them a model of few texts reads "cua" as "cửa", which more entries hold.
"""

from functools import cache
from itertools import pairwise
from pathlib import Path

from index.shorthand import long_forms
from index.text import one_spelling

_SPOKEN = Path(__file__).with_name("spoken.txt")


@cache
def spoken() -> tuple[str, ...]:
    """The phrases of spoken.txt, written as `PHRASES` are.

    Raises:
        OSError: the file cannot be read.
    """
    return tuple(_SPOKEN.read_text(encoding="utf-8").splitlines())


# "^" stands for the beginning of a sentence, "$" for its end.
PHRASES: tuple[str, ...] = tuple(
    phrase.strip()
    for phrase in """
    ^ai là; ^ai đã; ^ai; ai là người; ai có thể; do ai; của ai; bởi ai; cho ai; với ai; những ai; gồm những ai;
    người nào; là gì $; là gì; gì $; là cái gì $; cái gì; điều gì; việc gì; những gì; gồm những gì $; làm gì $;
    làm gì; để làm gì $; tên gì $; tên là gì $; gọi là gì $; nghĩa là gì $; có nghĩa là gì $; có tác dụng gì $;
    bằng gì $; từ gì; loại gì; ngày gì; được gì; cần gì; cần những gì $; có gì; có những gì $; về cái gì;
    như thế nào $; như thế nào; thế nào $; ra sao $; làm sao để; làm thế nào để; bằng cách nào $; cách nào; khi nào $;
    ^khi nào; từ khi nào; đến khi nào; lúc nào $; bao giờ $; ^bao giờ; từ bao giờ $; đến bao giờ $; bao lâu $;
    trong bao lâu $; mất bao lâu; bao xa $; bao nhiêu; ^bao nhiêu; có bao nhiêu; ^có bao nhiêu; là bao nhiêu $;
    bao nhiêu người; bao nhiêu tiền $; bao nhiêu phần trăm; bao nhiêu năm; bao nhiêu ngày; bao nhiêu điểm;
    bao nhiêu sản phẩm; bao nhiêu lần; được bao nhiêu; khoảng bao nhiêu; tổng cộng bao nhiêu; hết bao nhiêu; mấy;
    có mấy; đạt mấy sao $; mấy sao $; mấy năm; mấy ngày; mấy giờ $; mấy lần; thứ mấy $; ngày mấy $; số mấy $;
    tháng mấy $; năm nào $; vào năm nào $; ngày nào $; tháng nào $; ở đâu $; ở đâu; đâu $; ^đâu là; từ đâu $;
    đến đâu $; nằm ở đâu $; tại đâu $; mua ở đâu $; nơi nào; nào $; nào; ^những nào; những nào; loại nào $; cái nào $;
    nước nào $; tỉnh nào $; tỉnh nào có; huyện nào; xã nào; địa phương nào; cơ quan nào; đơn vị nào; tổ chức nào;
    công ty nào; văn bản nào; trường hợp nào; điều kiện nào; sản phẩm nào; những sản phẩm nào; ^tại sao; tại sao;
    ^vì sao; vì sao; sao lại; do đâu; nhờ đâu; có phải là; có phải không $; phải không $; đúng không $;
    đúng hay sai $; được không $; có được không $; có không $; hay không $; có hay không $; có đúng không $; có thể;
    chưa $; đã chưa $; được chưa $; nhỉ $; vậy $; thế $; ạ $; vậy ạ $; với ạ $; ^cho tôi hỏi; ^cho mình hỏi;
    ^cho em hỏi; ^cho hỏi; ^xin hỏi; ^xin cho biết; ^hãy cho biết; ^cho biết; ^hãy kể tên; ^kể tên; ^liệt kê;
    ^hãy liệt kê; ^tôi muốn biết; ^mình muốn hỏi; ^em muốn hỏi; ^tôi muốn hỏi; ^bạn có thể cho biết; ^còn; thì sao $;
    còn thì sao $; thì phải; nếu không; nếu không có; không có; trong số; ^trong số; nhiều nhất; nhiều nhất là;
    ít nhất là; lớn nhất là; cao nhất là; đầu tiên là; của mình; của họ; tên của; tên là; số lượng; so với; hơn là;
    khác với; khác nhau; giống nhau; giống như; nói gì; nói về; quy định gì; quy định thế nào $; quy định về;
    quy định ở đâu $; theo quy định; ^bao giờ thì; chỗ nào; mua được; giá bao nhiêu; gồm mấy; chia làm mấy;
    lên đến bao nhiêu; còn bao nhiêu; còn hiệu lực không $; có hiệu lực khi nào $; ai ký $; ai chủ trì;
    do ai ban hành $; là của ai $; đứng thứ mấy $; nhiều hay ít $; có bắt buộc không $; ở tỉnh nào $; ở huyện nào $;
    ở xã nào $; ở nước nào $; ở các tỉnh; của tỉnh nào $; của huyện nào $; của xã nào $; trong năm nào $;
    từ năm nào $; viết tắt của; viết tắt là gì $; là viết tắt của từ gì $; hiểu là sao $; có nghĩa là sao $; là sao $;
    từ hôm nào $; hôm nào $; hôm nào vậy $; hồi nào $; hồi trước; trước đây; lâu nay; bấy lâu nay; mấy năm nay;
    dạo này; độ này; sắp tới; năm tới; năm ngoái; năm kia; tháng trước; tuần trước; bữa trước; bữa nay; hôm qua;
    còn dùng được không $; còn xài được không $; còn giá trị không $; còn được không $; còn hạn không $; hết hạn rồi;
    sắp hết hạn; hết hạn thì sao $; bị hết hạn; có bị mất; có bị thu hồi không $; có bị phạt không $; có sao không $;
    thì có sao không $; có cần không $; có phải nộp; có phải làm lại; phải làm sao $; phải làm gì $;
    phải làm những gì $; làm gì trước; làm thế nào $; nộp ở đâu $; nộp cho ai $; nộp khi nào $; nộp lại; nộp trễ;
    nộp sớm; gửi cho ai $; gửi ở đâu $; đem đi đâu $; mang lên đâu $; xin ở đâu $; đăng ký ở đâu $; đăng ký thế nào $;
    muốn đăng ký; muốn xin; muốn làm; muốn lên; muốn nâng; muốn được; định làm; đang làm; mới làm; chưa làm;
    làm lâu rồi; làm lại từ đầu; nhà tôi; nhà em; nhà mình; nhà cháu; bên em; bên tôi; bên mình; cơ sở em; cơ sở tôi;
    hợp tác xã em; xã em; xã tôi; tỉnh em; tỉnh tôi; tỉnh mình; huyện em; quê em; quê tôi; hàng quê; hàng nhà làm;
    hàng của tôi; món của em; tôi năm nay; em năm nay; tôi đã; em đã; tôi đang; em đang; tôi chưa; em chưa; tôi mới;
    em mới; tôi muốn; em muốn; tôi nghe nói; em nghe nói; nghe nói; nghe bảo; nghe đài nói; nghe đồn; thấy báo nói;
    thấy nói; có người nói; người ta nói; người ta bảo; cán bộ nói; trên mạng nói; đọc báo thấy; xem tivi thấy;
    có quyết định mới; quyết định mới; luật mới; quy định mới; quy định cũ; luật cũ; bộ tiêu chí mới; giấy cũ;
    giấy mới; giấy chứng nhận cũ; làm giấy mới; đổi giấy; giấy đó; giấy này; cái giấy; cái giấy đó; cái đó; cái này;
    cái mới; cái cũ; chuyện đó; việc đó; chỗ đó; bỏ luôn; bỏ rồi; bỏ hẳn; thay rồi; đổi rồi; hết rồi; có rồi;
    xong rồi; được rồi; trễ rồi; kịp không $; còn kịp không $; có kịp không $; có kịp; chậm nhất; trễ nhất; sớm nhất;
    lâu nhất; nhanh nhất; tối đa; tối thiểu; nhiều nhất là; ít nhất phải; phải được mấy điểm $; được mấy điểm $;
    mấy điểm $; mấy điểm thì; bao nhiêu điểm thì; mới lên được; thì lên được; lên hạng mấy; lên mấy sao $;
    xuống mấy sao $; rớt xuống; bị rớt; bị loại; bị trừ; được cộng; chấm thế nào $; chấm ra sao $; ai chấm $;
    chấm ở đâu $; chấm lúc nào $; chấm lại; chấm điểm; tự chấm; bảng điểm; phiếu chấm; thang điểm; bộ nào $; bộ mấy $;
    bộ số mấy $; thuộc bộ nào $; thuộc nhóm nào $; xếp vào nhóm nào $; nhóm nào $; điều mấy $; khoản mấy $;
    điều nào $; khoản nào $; mẫu nào $; mẫu số mấy $; phụ lục nào $; mục nào $; giấy tờ gì $; hồ sơ gì $;
    cần giấy tờ gì $; hồ sơ gồm gì $; gồm những giấy tờ gì $; mấy bộ hồ sơ $; bản cứng; bản mềm; bản gốc; bản photo;
    bản sao; nộp qua mạng; nộp trực tuyến; hàng mẫu; gửi mẫu; mấy sản phẩm mẫu; có tốn tiền không $; tốn bao nhiêu $;
    mất bao nhiêu tiền $; có được hỗ trợ không $; hỗ trợ bao nhiêu $; được thưởng; có được thưởng không $;
    thưởng bao nhiêu $; có lợi gì $; được lợi gì $; để làm chi $; làm chi $; có ích gì $; chỉ giúp; chỉ giùm; chỉ với;
    giúp với; giúp em; giúp tôi; nói rõ; nói kỹ; kể ra; kể hết; cho xin; cho biết; dạ cho; dạ em; dạ thưa; thưa anh;
    thưa chị; chào anh; chào chị; chào bạn; anh chị ơi; anh ơi; chị ơi; cháu ơi; em ơi; con ơi; chú ơi; cô ơi; bác ơi;
    ad ơi; hả cháu $; hả con $; hả em $; hả anh $; hả chị $; hả bạn $; vậy cháu $; vậy con $; vậy em $; vậy anh $;
    vậy chị $; vậy bạn $; không cháu $; không con $; không em $; không anh $; không chị $; không ạ $; không vậy $;
    không hả $; chưa vậy $; chưa ạ $; luôn không $; luôn hả $; luôn hay sao $; hay sao $; hay là; hay phải; hay chỉ;
    hay chưa $; rồi hay chưa $; thôi không $; thôi hả $; phải không vậy $; đúng không ạ $; khác chỗ nào $; khác gì $;
    khác nhau chỗ nào $; khác nhau thế nào $; khác gì nhau $; giống gì; hơn gì $; cái nào hơn $; bên nào hơn $;
    bên nào nhiều hơn $; nơi nào nhiều nhất $; tỉnh nào nhiều nhất $; huyện nào nhiều nhất $;
    địa phương nào nhiều nhất $; đâu nhiều nhất $; nhiều hơn hay ít hơn $; hơn bao nhiêu $; hơn mấy $;
    kém bao nhiêu $; chênh nhau bao nhiêu $; gấp mấy lần $; tăng bao nhiêu $; tăng hay giảm $; thêm bao nhiêu $;
    thêm mấy; còn thiếu; thiếu bao nhiêu $; trong đó có; trong đó mấy; trong số đó; số đó; mấy cái đó; mấy món đó;
    mấy nhà; mấy hộ; mấy xã; mấy huyện; mấy tỉnh; mấy nước; mấy chỗ; mấy nơi; mấy đợt; mấy bước; mấy cấp; mấy phần;
    mấy nhóm; mấy loại; mấy bộ; bây giờ; bây giờ còn; bây giờ thì; bây giờ có; giờ còn; giờ làm sao $;
    giờ phải làm sao $; lúc đó; lúc này; hồi đó; hồi ấy; hồi năm; năm đó; ở đó; nó có; nó là; nó còn; cái nó;
    xuống kiểm tra; xuống tận nơi; xuống cơ sở; đi kiểm tra; tới kiểm tra; có quyền; có được quyền; hay chỉ hạng;
    chỉ hạng; đến hôm nào $; tới khi nào $; tới đâu $; về đâu $; lên đâu $; vô đâu $; là của; thuộc về ai $;
    bắt đầu từ; bắt đầu khi nào $; kết thúc khi nào $
    """.split(";")
)

# Words of the programme that nearly every question has, syllables a blank apart.
PROGRAMME: tuple[str, ...] = (
    "sản phẩm", "bao nhiêu", "chủ thể", "chứng nhận", "công nhận", "quyết định", "hợp tác xã", "tiêu chí",
    "đánh giá", "phân hạng", "xếp hạng", "nâng hạng", "hồ sơ", "thu hồi", "doanh nghiệp", "hộ gia đình",
    "phần trăm", "cơ sở sản xuất", "mục tiêu", "kế hoạch", "hết hạn", "tiềm năng", "chương trình", "đề xuất",
)  # fmt: skip


@cache
def asked_pairs() -> frozenset[tuple[str, str]]:
    """Every two syllables that stand side by side in what is asked and in terms of the field, no thing asked of."""
    phrases = (phrase.strip("^$ ").split() for phrase in (*PHRASES, *PROGRAMME, *long_forms()))
    return frozenset(pair for phrase in phrases for pair in pairwise(map(one_spelling, phrase)))


# The commonest first in each class; one that is common as a part of words too ("hợp tác", "thành phố") is not here.
CLOSED_CLASSES: tuple[str, ...] = tuple(
    """
    của và là có được cho không một các những trong với này đã để người khi từ đến về theo trên tại ra vào ở như do bị
    cũng còn thì mà nhưng hay hoặc nếu vì nên tuy dù bởi bằng qua giữa dưới ngoài sau trước cùng cả mọi mỗi từng đó ấy
    kia đây đấy nào gì ai sao đâu bao nhiêu mấy tôi bạn họ nó ta chúng mình anh chị em ông bà hai ba bốn năm sáu bảy
    tám chín mười trăm nghìn triệu tỷ rất lắm quá hơn nhất ít nhiều đang sẽ vẫn đều chỉ phải cần nên muốn chưa rồi nữa
    lại thêm đi lên xuống tới hết lúc ngày tháng năm giờ lần cái con việc sự chiếc thuộc vậy thế à ạ nhé nhỉ
    """.split()
)

# Said in questions, hardly ever written in reports and law, and no slip of anything.
COLLOQUIAL: frozenset[str] = frozenset(
    """
    là chứ xài giùm dùm hả hở hén hen nghen nha nhá nè ha há ấy ý cơ kìa thui thôi zậy dạ vâng ừ ờ ơi ạ nhỉ nhé mà vậy
    bác cô chú dì cậu mợ thím tui tớ cậu mày tao ổng bả ảnh chỉ hồi nãy mai mốt kia nọ hôm bữa chớ hổng hông hong
    chả chẳng đừng cứ bèn liền ngay luôn hoài mãi vừa mới sắp hay lỡ lỡ ráng gắng thử coi ngó dòm kiếm lụm quăng
    sếp đứa thằng con tụi bọn lũ đám mớ mấy tí xíu chút nhiêu rứa mô tê răng chi nớ ni
    gộp ghép dồn gom góp chạm cán nhắm khuyên chê dặn khoe nhờ rinh ẵm rút tước gỡ hủy rớt trượt đậu lọt hụt sót trễ
    muộn kịp
    quên nhớ đòi bắt ép xin vay mượn thuê gửi trả đền phạt kiện cãi chối bỏ giữ đổi thay sửa xóa thêm bớt cắt dán xé in
    vẽ viết đọc nghe thấy biết hiểu nghĩ đoán tin ngờ sợ mừng vui buồn chán mệt khỏe ốm già trẻ giàu nghèo đắt rẻ ế
    vướng kẹt dính mắc trục trặc rối bí gỡ soát lục xới lãi lỗ vốn mướn đỡ nâng bày chào ngóng hóng gãy rách hỏng hư xịn
    ngon lành ổn tệ dở kém nhanh lẹ chậm lâu lắc tốn kém lời rành lạ quen
    nghỉ ngừng nghề đan dệt thêu khâu đúc nặn tạc mài giũa nấu nướng xào luộc hấp ủ ngâm phơi hái cấy gặt cày xới tưới
    tỉa nuôi thả chăn vớt câu chèo mổ vắt ngồi nằm đứng ghé dẫn dạy chở khuân vác cất chờ đợi nợ hùn xưởng lò vườn ruộng
    món khỏi thắng thua ngàn bận đem dắt rót gạt nắm lòi dừng bậy thiệt thật đặng kẻo cưng cỡ hẳn lắm mọi mỗi riêng lẫn
    kèm dẫu hễ bỗng chợt khá hơi tận ngỡ rủi may liệu hèn chắc gọi hẹn đón tiễn tặng biếu cúng mời rủ giấu tỏ khen
    """.split()
)

# Words of other languages that people write as they are, and not as a dictionary spells them ("phôtô", "lôgô").
LOANWORDS: frozenset[str] = frozenset(
    """
    zalo facebook fanpage tiktok youtube google shopee lazada logo photo copy online offline website web app file
    excel word pdf scan email gmail internet livestream video clip link admin chatbot robot top tour homestay resort
    marketing barcode qr code pos vip sale combo set size shop mall festival gala show expo
    many list of star stars product products province provinces certified
    """.split()
)
