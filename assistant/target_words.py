"""How targets are spoken of: what a text calls one, and what else a question may."""

# What a text calls what is to be reached.
TARGETS = ("mục tiêu", "kế hoạch", "phấn đấu", "chỉ tiêu", "dự kiến")
# What a question says of it.
AIMED_AT = (
    *TARGETS, "định hướng", "đặt ra", "đề ra", "hướng tới", "hướng đến", "nhắm tới", "nhắm đến", "mốc", "về đích",
    "đích", "chạm", "cán",
)  # fmt: skip
