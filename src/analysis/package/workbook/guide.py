"""What the first sheet of a workbook says, in both languages."""

from __future__ import annotations

LINES = (
    ("How to use this workbook", "使用说明"),
    (
        "Each sheet is a table of the data package; `observations` holds the published figures, a row a figure.",
        "每张工作表是数据包中的一张表；“observations”为已公布的数字，一行一个。",
    ),
    (
        "Row 1 gives the titles (point at one to read what it means), row 2 the names that the program reads: "
        "leave row 2 as it is.",
        "第1行为列标题，鼠标停留可看说明；第2行是程序读取的列名，请勿改动。",
    ),
    (
        "Dark heads are required, light ones may stay empty. Leave a cell empty where nothing is published.",
        "深色列必填，浅色列可空。没有公布的数字一律留空。",
    ),
    (
        "Figures stand as printed, number and unit apart: 18.2 in `low` and `high`, 亿元 in `unit`.",
        "数字照原文录入，数值与单位分列：18.2 写在“low”和“high”列，亿元写在“unit”列。",
    ),
    (
        "Over, at least, up to: choose the word in `qualifier` and fill one bound alone.",
        "“超过”“以上”“以内”等限定词在“qualifier”列选择，并只填一个界限。",
    ),
    (
        "Periods are 2025, 2025-07 or 2025-01/2025-05. All cells are text, so that Excel changes nothing.",
        "时期写作 2025、2025-07 或 2025-01/2025-05。单元格均为文本格式，以免 Excel 自动改写。",
    ),
    (
        "A new zone, firm, project or indicator gets a row in its own sheet first; its id then stands where it is "
        "referred to. A new unit is added to datapackage.json of the folder.",
        "新增开发区、企业、项目或指标，先在其工作表中加一行，再在别处引用其“id”。新增单位须写入文件夹中的"
        " datapackage.json。",
    ),
    (
        "Check: python -m analysis check book.xlsx --mark marked.xlsx writes every fault onto its cell.",
        "检查：运行 python -m analysis check book.xlsx --mark marked.xlsx，各处问题会批注在相应单元格上。",
    ),
    (
        "Build: python -m analysis build --data book.xlsx. To keep it as files: python -m analysis package "
        "book.xlsx DIR.",
        "生成报告：python -m analysis build --data book.xlsx。"
        "存为数据文件：python -m analysis package book.xlsx 文件夹。",
    ),
)
