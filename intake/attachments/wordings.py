"""What somebody reads whose file wasn't taken: one sentence for each reason, which says what to do
instead. They stand here together so that the office can proof-read them (docs/attachments.md).
"""

from __future__ import annotations

from collections.abc import Mapping

REFUSALS: Mapping[str, str] = {
    "empty": "这个文件是空的，请重新选一个再传。",
    "too_large": "这个文件太大，单个文件最多20兆。照片可以发截图，录像请剪短再传。",
    "macros": "这个文件里有宏，不能收。请另存为不带宏的 DOCX、XLSX 或者 PDF 再传。",
    "old_office": "这种办公文件不能收。请用 Word、WPS 另存为 DOCX、XLSX 或者 PDF 再传。",
    "html": "网页文件不能收。请把要紧的地方截图，传截图。",
    "svg": "这种矢量图不能收。请截图，传截图。",
    "archive": "压缩包不能收。请解压以后，把里面的文件一个一个地传。",
    "program": "程序不能收。请把想让我们看的画面截图，传截图。",
    "unknown": "认不出这是什么文件。请传照片、PDF、DOCX、XLSX、录音或者录像，也可以传截图。",
    "damaged": "这个文件坏了，打不开。请在手机或电脑上打开看看，重新保存或者截图再传。",
    "locked": "这个文件设了密码，打不开。请去掉密码再传，或者打印出来拍照传。",
    "form": "这是一份要在电脑里填的表，填的字取不出来。请打印成 PDF，或者截图再传。",
    "too_many_pixels": "这张图片的尺寸太大。请把它缩小，或者截图再传。",
    "too_much_inside": "这个文件里的内容太多。请分成几个文件，或者只留要紧的几页再传。",
    "too_slow": "这个文件处理起来太慢，没有收下。请截图或者打印出来拍照再传。",
    "busy": "现在传文件的人多，这个文件没有收下。请过几分钟再传一次；文字可以先交。",
    "too_many": "一次最多收10个，这个没有收下。请先交上，再补充。",
    "too_much": "一次一共最多收50兆，这个没有收下。请先交上，再补充。",
    "no_room": "现在存不下文件，文字照样收。请过几天再补充，或者把上面的字写下来。",
    "gone": "放得久了，没有留住。请再选一次。",
    "no_page": "没有这一页。",
}
# Said beside a recording that is taken: what is in it can't be taken out of it.
RECORDING_WARNING = (
    "录音、录像原样保存：声音、画面，还有手机记下的时间、地点都在里面，可能让人认出您。"
    "怕被认出来，请改用文字写，或者传截图。"
)


def as_table() -> str:
    """The sentences as a Markdown table, for the page in docs/ that the office proof-reads."""
    rows = [f"| `{name}` | {wording} |" for name, wording in REFUSALS.items()]
    return "\n".join(["| name | wording |", "|---|---|", *rows]) + "\n"
