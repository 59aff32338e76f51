"""How people ask, in our own words: what texts that are read hardly contain and questions are full of.

A corpus of reports and law has "ai", "gì", "đâu" or "bao nhiêu" next to never, so a model of syllables learned from
it alone would read "ai" as "ái" and "o dau" as "ở dầu". And the words of the closed classes (prepositions,
conjunctions, pronouns, numerals, particles), which any text is full of and a dictionary lists once like any other:
without them a model of few texts reads "cua" as "cửa", which more entries hold.
"""

# "^" stands for the beginning of a sentence, "$" for its end.
PHRASES: tuple[str, ...] = tuple(
    phrase.strip()
    for phrase in """
    ^ai là; ^ai đã; ^ai; ai là người; ai có thể; do ai; của ai; bởi ai; cho ai; với ai; những ai; gồm những ai;
    người nào; là gì $; là gì; gì $; là cái gì $; cái gì; điều gì; việc gì; những gì; gồm những gì $; làm gì $;
    làm gì; để làm gì $; tên gì $; tên là gì $; gọi là gì $; nghĩa là gì $; có nghĩa là gì $; có tác dụng gì $;
    bằng gì $; từ gì; loại gì; ngày gì; được gì; cần gì; cần những gì $; có gì; có những gì $; về cái gì;
    như thế nào $; như thế nào; thế nào $; ra sao $; làm sao để; làm thế nào để; bằng cách nào $; cách nào;
    khi nào $; ^khi nào; từ khi nào; đến khi nào; lúc nào $; bao giờ $; ^bao giờ; từ bao giờ $; đến bao giờ $;
    bao lâu $; trong bao lâu $; mất bao lâu; bao xa $; bao nhiêu; ^bao nhiêu; có bao nhiêu; ^có bao nhiêu;
    là bao nhiêu $; bao nhiêu người; bao nhiêu tiền $; bao nhiêu phần trăm; bao nhiêu năm; bao nhiêu ngày;
    bao nhiêu điểm; bao nhiêu sản phẩm; bao nhiêu lần; được bao nhiêu; khoảng bao nhiêu;
    tổng cộng bao nhiêu; hết bao nhiêu; mấy; có mấy; đạt mấy sao $; mấy sao $; mấy năm; mấy ngày; mấy giờ $; mấy lần;
    thứ mấy $; ngày mấy $; số mấy $; tháng mấy $; năm nào $; vào năm nào $; ngày nào $; tháng nào $; ở đâu $; ở đâu;
    đâu $; ^đâu là; từ đâu $; đến đâu $; nằm ở đâu $; tại đâu $; mua ở đâu $; nơi nào; nào $; nào; ^những nào;
    những nào; loại nào $; cái nào $; nước nào $; tỉnh nào $; tỉnh nào có; huyện nào; xã nào; địa phương nào;
    cơ quan nào; đơn vị nào; tổ chức nào; công ty nào; văn bản nào; trường hợp nào; điều kiện nào; sản phẩm nào;
    những sản phẩm nào; ^tại sao; tại sao; ^vì sao; vì sao; sao lại; do đâu; nhờ đâu; có phải là; có phải không $;
    phải không $; đúng không $; đúng hay sai $; được không $; có được không $; có không $; hay không $;
    có hay không $; có đúng không $; có thể; chưa $; đã chưa $; được chưa $; nhỉ $; vậy $; thế $; ạ $; vậy ạ $;
    với ạ $; ^cho tôi hỏi; ^cho mình hỏi; ^cho em hỏi; ^cho hỏi; ^xin hỏi; ^xin cho biết; ^hãy cho biết; ^cho biết;
    ^hãy kể tên; ^kể tên; ^liệt kê; ^hãy liệt kê; ^tôi muốn biết; ^mình muốn hỏi; ^em muốn hỏi; ^tôi muốn hỏi;
    ^bạn có thể cho biết; ^còn; thì sao $; còn thì sao $; thì phải; nếu không; nếu không có; không có; trong số;
    ^trong số; nhiều nhất; nhiều nhất là; ít nhất là; lớn nhất là; cao nhất là; đầu tiên là; của mình; của họ;
    tên của; tên là; số lượng; so với; hơn là; khác với; khác nhau; giống nhau; giống như; nói gì; nói về;
    quy định gì; quy định thế nào $; quy định về; quy định ở đâu $; theo quy định; ^bao giờ thì; chỗ nào; mua được;
    giá bao nhiêu; gồm mấy; chia làm mấy; lên đến bao nhiêu; còn bao nhiêu; còn hiệu lực không $;
    có hiệu lực khi nào $; ai ký $; ai chủ trì; do ai ban hành $; là của ai $; đứng thứ mấy $; nhiều hay ít $;
    có bắt buộc không $; ở tỉnh nào $; ở huyện nào $; ở xã nào $; ở nước nào $; ở các tỉnh; của tỉnh nào $;
    của huyện nào $; của xã nào $; trong năm nào $; từ năm nào $
    """.split(";")
)

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
    chứ xài giùm dùm hả hở hén hen nghen nha nhá nè ha há ấy ý cơ kìa thui thôi zậy dạ vâng ừ ờ ơi ạ nhỉ nhé mà vậy
    bác cô chú dì cậu mợ thím tui tớ cậu mày tao ổng bả ảnh chỉ hồi nãy mai mốt kia nọ hôm bữa chớ hổng hông hong
    chả chẳng đừng cứ bèn liền ngay luôn hoài mãi vừa mới sắp hay lỡ lỡ ráng gắng thử coi ngó dòm kiếm lụm quăng
    sếp đứa thằng con tụi bọn lũ đám mớ mấy tí xíu chút nhiêu rứa mô tê răng chi nớ ni
    """.split()
)

# Words of other languages that people write as they are, and not as a dictionary spells them ("phôtô", "lôgô").
LOANWORDS: frozenset[str] = frozenset(
    """
    zalo facebook fanpage tiktok youtube google shopee lazada logo photo copy online offline website web app file
    excel word pdf scan email gmail internet livestream video clip link admin chatbot robot top tour homestay resort
    marketing barcode qr code pos vip sale combo set size shop mall festival gala show expo
    """.split()
)
