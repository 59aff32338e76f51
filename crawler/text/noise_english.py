"""Furniture in English, as newsrooms and the widgets of social networks print it: (reason, pattern of a whole line).

Vietnamese portals carry it too: their systems and plug-ins are half translated.
"""

_END = r"[\s:!…»>→-]*"  # no full stop: a sentence is no button

ENGLISH_RULES: tuple[tuple[str, str], ...] = (
    (
        "nút chia sẻ",
        r"(?:share (?:this|on|via|the|with)\b.{0,60}"
        r"|(?:click|tap) (?:here )?to (?:share|tweet|print|e?mail|copy)\b.{0,80}"
        r"|(?:follow|like|find|join|connect with) (?:us|me|him|her|them|@?[\w.'’-]+(?: [\w.'’-]+){0,3}) on "
        r"(?:twitter|facebook|instagram|linkedin|youtube|x|threads|telegram|whatsapp|social media)\b.{0,120}"
        r"|text size|font size|print this (?:article|page|story)|(?:show|hide) caption|listen to (?:this )?article"
        rf"|e?mail this (?:article|page|story)|save (?:this )?(?:article|story)){_END}",
    ),
    (
        "tin liên quan",
        r"(?:(?:read|see|view|watch|find)? ?(?:more|next|also)(?: (?:stories|articles|news|coverage|posts?|videos?))?"
        r"(?: (?:from|on|in|about|by|like this)\b[^.?!]{0,60})?|related(?: (?:stories|articles?|posts?|topics?|content|"
        r"coverage|links?|news|reading|videos?))?|recommended(?: (?:for you|reading|stories|videos?))?"
        r"|recent (?:posts|stories|news)"
        r"|you (?:may|might) (?:also )?(?:like|be interested in|enjoy)|most (?:popular|read|viewed|shared|recent)"
        r"|trending(?: now| stories| topics)?|popular (?:stories|posts|now)"
        r"|(?:top|latest|more) (?:stories|news|headlines)"
        r"|what to read next|(?:editor|staff)s?['’]?s? picks?|up next|in case you missed it|don['’]?t miss(?: stories)?"
        r"|(?:continue|keep) reading(?: the main story| below)?|must[- ]reads?|(?:previous|next) (?:article|post|story)"
        rf"){_END}"
        r"|(?:read|see|view|watch|listen)(?: more| also| next)?\s*:\s*\S.{0,200}"
        r"|(?:related(?: \w+)?|see also|also read|more)"
        r"\s*:\s*\S.{0,200}|(?:read|see|view) (?:the )?(?:full|original|rest of the|more of the) "
        r"(?:story|article|post|report).{0,80}",
    ),
    (
        "quảng cáo",
        rf"(?:advertisement|advertising|sponsored(?: content| links?| by .{{0,60}})?|promoted(?: stories| content)?|"
        rf"paid (?:post|content|program)|scroll (?:down )?(?:to|for) .{{0,40}}|"
        rf"(?:article|story|content) continues(?: (?:after|below))?.{{0,60}}){_END}",
    ),
    (
        "mời nhận thư",
        r"(?:sign up|subscribe|register)\b.{0,200}\b(?:newsletters?|e-?mails?|inbox|alerts?|updates|briefing|podcasts?|"
        r"today|free|here)\b.{0,120}|(?:get|receive)\b.{0,120}\b(?:newsletters?|in your inbox|to your inbox|"
        r"delivered|alerts)\b.{0,120}|(?:enter )?your e-?mail(?: address)?.{0,60}"
        r"|by (?:signing up|subscribing|clicking|submitting|providing)\b.{0,320}"
        r"|(?:thank you|thanks) for (?:subscribing|signing up|reading)\b.{0,120}"
        r"|(?:newsletter|subscribe(?: now)?|sign up(?: now)?|log ?in|sign in|register)[\s:.!-]*",
    ),
    (
        "khung bình luận",
        r"(?:(?:leave|post|add|write|view|show|hide|join|read|see|load)(?: \w+){0,3} (?:comments?|reply|conversation|"
        r"discussion|replies)\b.{0,60}|\d+ (?:comments?|replies|responses)"
        r"|(?:no )?comments?(?: \(\d+\)| are closed.{0,40})?"
        r"|report (?:a |this )?(?:typo|error|comment|abuse).{0,60}|reply"
        r"|be the first to (?:comment|reply).{0,40})[\s:.!]*",
    ),
    (
        "bản quyền",
        r"(?:[™®\s]*(?:&\s*)?©|\(c\) ?\d{4}|(?:this|the) (?:material|article|content|story|work) may not be "
        r"(?:published|reproduced|copied|republished)|.{0,120}\ball rights reserved\b).{0,300}",
    ),
    (
        "trình phát",
        r"(?:video (?:transcript|player|ad feedback|playback not supported).{0,80}|(?:now playing|play video|watch now|"
        r"watch live|watch the video|automatically generated transcript).{0,80}|loading\b[^.]{0,60}(?:\.{3}|…)?"
        r"|\d{1,2}:\d\d(?::\d\d)?(?: ?[-–] ?(?:source|now playing)\b.{0,60})?|(?:enlarge|toggle caption|view gallery|"
        r"photo gallery|view slideshow)\b.{0,40})",
    ),
)
