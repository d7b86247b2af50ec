"""Each command in a line, for ``studytool --help`` and ``studytool help commands``."""

from studytool.language import Phrase

ABOUT_COMMANDS: dict[str, Phrase] = {
    "study": Phrase(
        "복습할 것을 공부합니다. 전체 화면으로, --plain이면 한 줄씩.",
        "Study what is due: a full screen, or line by line with --plain.",
    ),
    "due": Phrase(
        "지금 복습할 것, 학습 중인 것, 새 문항을 보여 줍니다.",
        "Show what is due, learning and new now.",
    ),
    "undo": Phrase(
        "마지막에 한 일을 되돌리거나, 되돌린 것을 다시 합니다.",
        "Take back what was done last, or do it again.",
    ),
    "vacation": Phrase(
        "복습을 모두 미루거나 휴가를 미리 정합니다.", "Put off all reviews, or set a break ahead."
    ),
    "exam": Phrase(
        "시험 날을 정하면, 새 문항과 마지막 복습을 그날에 맞춥니다.",
        "Set an exam date: new items and the last reviews are fitted to it.",
    ),
    "stats": Phrase(
        "지금까지의 시간, 기억률, 예측과 실제, 가장 어려운 문항을 보여 줍니다.",
        "Show time, retention, calibration and the hardest items so far.",
    ),
    "forecast": Phrase(
        "앞으로의 나날을 시뮬레이션합니다. 하루 몇 분인지, 목표 기억률에 따라 몇 문항을 알게 되는지.",
        "Simulate the coming days: minutes a day, and items known at other retentions.",
    ),
    "optimize": Phrase(
        "기억 모델을 내 복습에 맞추고, 더 잘 예측할 때만 씁니다.",
        "Fit the memory model to your reviews, and adopt it where it predicts better.",
    ),
    "show": Phrase(
        "문항의 변형 하나를 보여 줍니다. 매개변수, 문제, 정답, 풀이.",
        "Show one variant of an item: parameters, prompt, key, solution.",
    ),
    "mark": Phrase(
        "이렇게 답하면 어떻게 채점되는지 보여 줍니다.", "Say what a typed answer would get."
    ),
    "verify": Phrase(
        "꾸러미의 모든 주장과 정답을, 또는 문항 하나의 정답을 시험합니다.",
        "Try every claim and key of a pack, or the key of one item.",
    ),
    "claims": Phrase(
        "노트의 문장마다 맞는지, 누가 어떻게 시험했는지 보여 줍니다.",
        "List the notes' sentences: whether each is right, and who tried it how.",
    ),
    "formula": Phrase(
        "꾸러미 수식을 계산하거나, 어디가 틀렸는지 보여 줍니다.",
        "Compute a pack author's formula, or say where it is refused.",
    ),
    "lab": Phrase(
        "실험실: 실험의 매개변수를 슬라이더로 움직이며 결과를 그려 봅니다.",
        "The lab: move an experiment's parameters on sliders and see its results drawn.",
    ),
    "simulate": Phrase(
        "핵심부나 꾸러미의 실험을 돌립니다.", "Run an experiment of the core or of a pack."
    ),
    "serve": Phrase(
        "전체 화면을 이 컴퓨터의 브라우저에서 씁니다.",
        "Use the full screen in a browser on this computer.",
    ),
    "lsp": Phrase(
        "편집기가 꾸러미를 쓰는 것을 돕는 언어 서버입니다.",
        "The language server, by which an editor helps to write a pack.",
    ),
    "search": Phrase(
        "글, 개념, 태그, 상태, 기억 확률, 날짜로 문항을 찾습니다.",
        "Find items by text, concept, tag, state, recall or dates.",
    ),
    "item": Phrase(
        "문항을 나열하고, 보여 주고, 보류·깃발·미루기·초기화·평가 고치기를 합니다.",
        "List items, show one, and suspend, flag, bury, reset or re-rate it.",
    ),
    "item list": Phrase(
        "PACK들이나 모든 꾸러미에서 조건에 모두 맞는 문항을 나열합니다.",
        "List items, those of PACKs or all, that fit every option.",
    ),
    "item show": Phrase(
        "문항의 기억과 마지막 복습들을 보여 줍니다.", "Show an item's memory and its last reviews."
    ),
    "item suspend": Phrase("문항을 더 묻지 않습니다.", "Ask ITEMs no more, until unsuspended."),
    "item unsuspend": Phrase("보류한 문항을 다시 묻습니다.", "Ask suspended ITEMs again."),
    "item flag": Phrase("문항에 깃발을 답니다.", "Flag ITEMs, to find them again."),
    "item unflag": Phrase("깃발을 뗍니다.", "Take the flags of ITEMs off."),
    "item reset": Phrase(
        "문항을 새 문항으로 되돌립니다. 통계에는 남습니다.",
        "Make ITEMs new again; the statistics keep their reviews.",
    ),
    "item bury": Phrase(
        "문항을 다음 날이나 DATE까지 미룹니다.",
        "Put ITEMs off to the next study day, or until DATE.",
    ),
    "item set-due": Phrase("문항을 DATE에 복습하도록 정합니다.", "Let ITEMs fall due on DATE."),
    "item postpone": Phrase(
        "문항의 복습을 DAYS일 미룹니다.", "Let ITEMs fall due DAYS days later."
    ),
    "item advance": Phrase(
        "문항의 복습을 DAYS일 당깁니다.", "Let ITEMs fall due DAYS days earlier."
    ),
    "item rate": Phrase(
        "마지막 복습이나 지정한 복습의 평가를 고칩니다.",
        "Give the last review of ITEM, or the one named, another rating.",
    ),
    "item move": Phrase(
        "이제 없는 문항 OLD의 기록을 문항 NEW로 옮깁니다.",
        "Move the history of OLD, which no pack has any more, to NEW.",
    ),
    "config": Phrase("설정을 나열하거나 바꿉니다.", "List the settings, or change one."),
    "review": Phrase(
        "다른 프로그램의 복습을 JSON 줄로 받아 하나씩 기록합니다.",
        "Keep another program's reviews, given as lines of JSON, one by one.",
    ),
    "log": Phrase(
        "복습 기록을 파일로 쓰거나, 파일의 이벤트를 기록에 더합니다.",
        "Write the log of reviews to a file, or add a file's events to it.",
    ),
    "log export": Phrase(
        "기록을 FILE이나 표준 출력에 씁니다.", "Write the log to FILE, or to standard output."
    ),
    "log import": Phrase(
        "FILE에서 기록에 없는 이벤트를 더합니다.", "Add events of FILE that the log lacks."
    ),
    "log retract": Phrase(
        "이벤트를 모든 기기에서 더는 세지 않게 합니다.",
        "Let events count no more, on every device.",
    ),
    "sync": Phrase(
        "공유 폴더를 거쳐 다른 기기와 복습을 주고받습니다.",
        "Exchange reviews with your other devices through a shared folder.",
    ),
    "backup": Phrase(
        "복습 기록을 백업하거나 백업을 나열합니다.",
        "Back up the log of reviews, or list its backups.",
    ),
    "restore": Phrase(
        "기록을 백업으로 바꾸고, 지금 것은 보관합니다.",
        "Replace the log with a backup, and keep what was there.",
    ),
    "doctor": Phrase(
        "내 파일들을 검사하고, 고칠 수 있는 것을 고칩니다.",
        "Check the learner's files, and repair what can be repaired.",
    ),
    "check": Phrase(
        "꾸러미를 읽고 문제마다 위치와 고치는 법을 알려 줍니다.",
        "Read a pack and list every problem with its place and remedy.",
    ),
    "pack": Phrase(
        "꾸러미를 만들고, 설치하고, 업데이트하고, 지웁니다.",
        "Make, add, update and remove packs.",
    ),
    "pack list": Phrase(
        "설치된 꾸러미와 출처, 서명한 키를 나열합니다.",
        "List the installed packs, their sources and signers.",
    ),
    "pack add": Phrase(
        "폴더, zip 파일, git 커밋에 있는 꾸러미를 설치합니다.",
        "Install a pack from a folder, a zip file or a git commit.",
    ),
    "pack update": Phrase(
        "무엇이 바뀌는지 보여 주고 꾸러미를 업데이트합니다.",
        "Show what a newer version changes, and install it.",
    ),
    "pack remove": Phrase(
        "꾸러미를 지웁니다. 복습 기록은 남습니다.", "Remove a pack; its history stays."
    ),
    "pack pin": Phrase("꾸러미를 업데이트하지 않게 고정합니다.", "Keep a pack from being updated."),
    "pack new": Phrase(
        "문항 종류마다 예가 있는 새 꾸러미의 폴더를 만듭니다.",
        "Make the folder of a new pack, with an item of each kind.",
    ),
    "pack import": Phrase(
        "다른 프로그램의 카드로 고쳐 쓸 꾸러미를 만듭니다.",
        "Make a pack to be edited of another program's cards.",
    ),
    "pack preview": Phrase(
        "쓰는 중인 꾸러미의 문항과 문제를 저장할 때마다 보여 줍니다.",
        "Show items and problems of a pack at each save.",
    ),
    "pack export": Phrase(
        "꾸러미의 문항을 Anki, Moodle, 시험지로 내보냅니다.",
        "Write a pack's questions for Anki, Moodle or paper.",
    ),
    "pack build": Phrase(
        "꾸러미의 폴더를 zip 파일 하나로 만듭니다.", "Write a pack's folder as one zip file."
    ),
    "pack schema": Phrase(
        "편집기가 쓸 JSON 스키마를 꾸러미 옆에 씁니다.",
        "Write JSON Schemas for editors beside a pack.",
    ),
    "help": Phrase(
        "주제별 설명을 보여 줍니다. 주제 없이 쓰면 주제를 나열합니다.",
        "Explain a topic; without one, list the topics.",
    ),
}
"""By name, in the order of the help; a name of two words is a subcommand."""
