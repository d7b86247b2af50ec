"""The Korean of what the schema says: keys, kinds of values, and values that go together."""

SCHEMA: dict[str, str] = {
    # keys and words
    "kind: card, cloze, choice, order, numeric or prediction": (
        "kind: card, cloze, choice, order, numeric, prediction 가운데 하나"
    ),
    "the text before '{torn}' ends at its comma": "'{torn}' 앞의 글이 쉼표에서 끊겼습니다",
    "inside {{...}}, put a text that contains a comma in quotes": (
        "{{...}} 안에서는 쉼표가 든 글을 따옴표로 묶으세요"
    ),
    "{quote} is no quote of YAML: put the text in ' ' or \" \"": (
        "{quote}: YAML의 따옴표가 아닙니다. 글을 ' '나 \" \"로 묶으세요"
    ),
    "write '{other}' or '{key}', not both": "'{other}'와 '{key}' 가운데 하나만 쓰세요",
    "keys here: {names}": "여기에 쓸 수 있는 키: {names}",
    "unknown key '{key}'": "모르는 키 '{key}'입니다",
    "'{step}'": "'{step}'",
    "value {number}": "{number}번째 값",
    "{what} is missing": "{what}: 빠졌습니다",
    "unknown {name} '{given}'": "'{name}'에 쓸 수 없는 말입니다: '{given}'",
    "write {given}, without quotes": "따옴표 없이 {given}(으)로 쓰세요",
    "{key}: {message}": "{key}: {message}",
    "add '{form}'": "'{form}'를 더하세요",
    "write '{form}'": "'{form}'로 쓰세요",
    "write it as in 'small-weights-2'": "'small-weights-2'처럼 쓰세요",
    "did you mean '{near}'?": "혹시 '{near}'인가요?",
    "one of {names}": "다음 가운데 하나: {names}",
    # keys of format 0
    "write '{entry}' in its place": "대신 '{entry}'(으)로 쓰세요",
    "it is called '{name}' now": "이제 '{name}'라고 씁니다",
    "'exact' is called 'also' now, and has its reason in 'because: {{ko: ..., en: ...}}'": (
        "'exact'는 이제 'also'라고 쓰고, 까닭을 'because: {{ko: ..., en: ...}}'에 씁니다"
    ),
    "write 'contrast: {{name: value}}' in its place: where the order is not seen": (
        "대신 'contrast: {{name: value}}'로, 그 순서가 보이지 않는 조건을 쓰세요"
    ),
    "write 'greater:' and 'than:' in place of 'expect: reversed': a comparison that is refuted": (
        "'expect: reversed' 대신 'greater:'와 'than:'으로, 반박되는 비교를 쓰세요"
    ),
    "write '{key}: 1'": "'{key}: 1'로 쓰세요",
    "write each {{{{answer|spelling}}}} as [[name]] in the text, "
    "and here 'name: {{accept: [answer, spelling]}}'": (
        "글에서는 {{{{답|표기}}}}를 [[이름]]으로 쓰고, "
        "여기에는 '이름: {{accept: [답, 표기]}}'로 쓰세요"
    ),
    # kinds of values
    "a text is wanted": "글이어야 합니다",
    "put it in quotes": "따옴표로 묶으세요",
    "true or false is wanted": "true나 false여야 합니다",
    "write true or false, without quotes": "따옴표 없이 true나 false로 쓰세요",
    "a list is wanted": "목록이어야 합니다",
    "begin each entry with '- ', or write [a, b]": "하나하나를 '- '로 시작하거나 [a, b]로 쓰세요",
    "begin each entry with '- '": "하나하나를 '- '로 시작하세요",
    "begin with '- id: ...'": "'- id: ...'로 시작하세요",
    "write [low, high]": "[작은 값, 큰 값]으로 쓰세요",
    "a mapping is wanted": "키와 값이어야 합니다",
    "write 'key: value'": "'키: 값'으로 쓰세요",
    "a whole number is wanted": "정수여야 합니다",
    "a number is wanted": "수여야 합니다",
    "{given} is no version": "{given}: 판 번호가 아닙니다",
    "write '{version}'": "'{version}'(으)로 쓰세요",
    "write three numbers: '1.0.0'": "수 셋으로 쓰세요: '1.0.0'",
    "needs one of the keys {keys}": "다음 키 가운데 하나가 있어야 합니다: {keys}",
    "write one of them": "그 가운데 하나를 쓰세요",
    "the value is not as it should be: {problem}": "값이 형식에 맞지 않습니다",
    "{given} is out of bounds": "{given}: 범위를 벗어났습니다",
    "write a number above {limit}": "{limit}보다 큰 수를 쓰세요",
    "write a number at least {limit}": "{limit} 이상의 수를 쓰세요",
    "write a number below {limit}": "{limit}보다 작은 수를 쓰세요",
    "write a number at most {limit}": "{limit} 이하의 수를 쓰세요",
    "write {given}sf or {given}dp": "{given}sf나 {given}dp로 쓰세요",
    "write {digits}sf or {digits}dp": "{digits}sf나 {digits}dp로 쓰세요",
    "write [{given}]": "[{given}]로 쓰세요",
    "write {name}": "{name}(으)로 쓰세요",
    "type '{sign}' anew: it is {name}": "'{sign}' 글자를 다시 쓰세요. 지금은 {name}입니다",
    "'{given}' is not {wanted}": "'{given}': 다음과 같아야 합니다. {wanted}",
    "lower-case letters and digits, joined by single hyphens": (
        "영어 소문자와 숫자를 하이픈 하나씩으로 이은 이름"
    ),
    "a name: letters, digits and _, not beginning with a digit": (
        "영어 글자, 숫자, _로 된, 숫자로 시작하지 않는 이름"
    ),
    "the id of a misconception, or a slip such as slip:sign": (
        "오개념의 id, 또는 slip:sign 같은 실수의 이름"
    ),
    "the name of an experiment, such as 'relu_layer' or 'my-pack/pendulum'": (
        "'relu_layer'나 'my-pack/pendulum' 같은 실험의 이름"
    ),
    "write '{name}: 1', or update studytool for a pack of a later format": (
        "'{name}: 1'로 쓰세요. 더 새로운 형식의 꾸러미라면 studytool을 업데이트하세요"
    ),
    "a name: letters, digits, _ and -": "영어 글자, 숫자, _, -로 된 이름",
    "a language such as ko, en or pt-BR": "ko, en, pt-BR 같은 언어",
    "a version like 1.0.0": "1.0.0 같은 판 번호",
    "a link that begins with http:// or https://": "http://나 https://로 시작하는 링크",
    "significant figures like 3sf or decimal places like 2dp": (
        "3sf 같은 유효숫자, 또는 2dp 같은 소수 자릿수"
    ),
    "a file beside pack.yaml, named like notes.ko.md": (
        "pack.yaml 옆에 있는, notes.ko.md 같은 이름의 파일"
    ),
    "put the file beside pack.yaml and write 'notes: notes.md'": (
        "파일을 pack.yaml 옆에 두고 'notes: notes.md'로 쓰세요"
    ),
    # lengths
    "nothing is written here": "아무것도 쓰여 있지 않습니다",
    "write it, or take the key out": "쓰거나 키를 빼세요",
    "a text of more than {most:,} characters": "글이 {most:,}자를 넘습니다",
    "shorten it": "줄이세요",
    "'{id}' is the name of a device on Windows": "'{id}': Windows에서 장치의 이름입니다",
    "1 entry": "1개",
    "{n} entries": "{n}개",
    "{entries}, where at most {most} may stand": "{entries}입니다. {most}개까지 쓸 수 있습니다",
    "take {number} out": "{number}개를 빼세요",
    "{entries}, where at least {least} are wanted": (
        "{entries}입니다. 적어도 {least}개가 있어야 합니다"
    ),
    "{entries}, where at least {least} is wanted": (
        "{entries}입니다. 적어도 {least}개가 있어야 합니다"
    ),
    "add {number} more": "{number}개를 더하세요",
    # texts
    "write one text in quotes, or a map such as {{ko: ..., en: ...}}": (
        "글 하나를 따옴표로 묶거나 {{ko: ..., en: ...}}처럼 쓰세요"
    ),
    "'{tag}' is none of the pack's languages: {names}": (
        "'{tag}': 꾸러미의 언어가 아닙니다. 꾸러미의 언어: {names}"
    ),
    "add it to 'languages' in pack.yaml, or take it out": (
        "pack.yaml의 'languages'에 더하거나, 빼세요"
    ),
    "a text with nothing in it": "빈 글입니다",
    "'{tag}' is no language": "'{tag}': 언어가 아닙니다",
    "write a tag such as ko, en or pt-BR": "ko, en, pt-BR 같은 언어 표시를 쓰세요",
    "a text has at most {most:,} bytes": "글 하나는 {most:,}바이트까지입니다",
    # numbers of an item
    "write it in per cent or as a number: 1% or 0.01": "퍼센트나 수로 쓰세요: 1% 또는 0.01",
    "a share is wanted": "비율이어야 합니다",
    "nothing says how near is near enough": "얼마나 가까워야 맞는지 정하지 않았습니다",
    "give 'rel' or 'abs' or both, or 'sf', or 'dp'": (
        "'rel'이나 'abs'(또는 둘 다), 아니면 'sf'나 'dp'를 쓰세요"
    ),
    "'sf' and 'dp' stand alone": "'sf'와 'dp'는 다른 것과 함께 쓸 수 없습니다",
    "take the others out; only 'rel' and 'abs' go together": (
        "나머지를 빼세요. 함께 쓸 수 있는 것은 'rel'과 'abs'뿐입니다"
    ),
    "an answer is a 'formula' or a 'measure'": "답은 'formula'이거나 'measure'입니다",
    "give exactly one of the two": "둘 가운데 하나만 쓰세요",
    "'units: exact' without a unit": "'units: exact'인데 단위가 없습니다",
    "add 'unit:', or take 'units' out": "'unit:'을 더하거나 'units'를 빼세요",
    "{count} choices need {count} labels": "값이 {count}개이니 이름도 {count}개여야 합니다",
    "write one label for each choice": "값마다 이름을 하나씩 쓰세요",
    "integers: the first is above the second": "integers: 첫 수가 둘째 수보다 큽니다",
    "uniform: the first is not below the second": "uniform: 첫 수가 둘째 수보다 작지 않습니다",
    "a number beyond 1e300": "1e300을 넘는 수가 있습니다",
    "write numbers from -1e300 to 1e300": "-1e300과 1e300 사이의 수로 쓰세요",
    "log: the first is not above 0": "log: 첫 수가 0보다 크지 않습니다",
    "the first is not below the second": "첫 수가 둘째 수보다 작지 않습니다",
    "the default {value:g} is not in [{low:g}, {high:g}]": (
        "기본값 {value:g}은(는) [{low:g}, {high:g}] 안에 있지 않습니다"
    ),
    "choose one that is": "그 안의 수를 쓰세요",
    "'step' and 'repeat' go together": "'step'과 'repeat'는 함께 써야 합니다",
    "linear: the first is not below the second": "linear: 첫 수가 둘째 수보다 작지 않습니다",
    "loguniform: the first is not between 0 and the second": (
        "loguniform: 첫 수가 0과 둘째 수 사이에 있지 않습니다"
    ),
    "log: the first is not between 0 and the second": (
        "log: 첫 수가 0과 둘째 수 사이에 있지 않습니다"
    ),
    "write [low, high] with 0 < low < high": "[작은 값, 큰 값]으로, 둘 다 0보다 크게 쓰세요",
    "a row of a table has no number": "표의 줄에 수가 없습니다",
    "write one such as {{label: iron, density: 7.87}}": (
        "{{label: iron, density: 7.87}}처럼 쓰세요"
    ),
    "row {number} has other columns than row 1": "{number}번째 줄의 열이 첫 줄과 다릅니다",
    "give each row the columns {names}": "모든 줄에 다음 열을 쓰세요: {names}",
    "some rows have a label and some none": "이름이 있는 줄과 없는 줄이 섞여 있습니다",
    "give every row a label, or none": "모든 줄에 이름을 쓰거나, 하나도 쓰지 마세요",
    "rows {twin} and {number} have the same numbers": (
        "{twin}번째 줄과 {number}번째 줄의 수가 같습니다"
    ),
    "take one out": "하나를 빼세요",
    "'distinct' names '{twin}' twice": "'distinct'에 '{twin}' 이름이 두 번 나옵니다",
    "name it once": "한 번만 쓰세요",
    "'{key}' without 'params'": "'{key}' 키가 있는데 'params'가 없습니다",
    "add 'params', or take '{key}' out": "'params'를 더하거나 '{key}' 키를 빼세요",
    "'misconception' goes with 'outcome: wrong'": (
        "'misconception'은 'outcome: wrong'일 때만 씁니다"
    ),
    "mend the outcome, or take 'misconception' out": "outcome을 고치거나 'misconception'을 빼세요",
    # options, blanks, predictions
    "all options are right": "모든 선택지가 맞습니다",
    "take 'correct: true' out of the wrong ones": "틀린 선택지에서 'correct: true'를 빼세요",
    "'options': nothing says whether '{name}' is right": "'options': '{name}'이(가) 맞는지 정하는 것이 없습니다",
    "give it a 'when', or 'correct: false' where it never is": (
        "'when'을 쓰거나, 맞는 때가 없으면 'correct: false'를 쓰세요"
    ),
    "none of the options is right": "맞는 선택지가 없습니다",
    "write 'correct: true' at one or more of them, or 'when' at each": (
        "하나 이상에 'correct: true'를 쓰거나, 하나하나에 'when'을 쓰세요"
    ),
    "'measure' without a 'when' in an option": "'measure'가 있는데 'when'이 있는 선택지가 없습니다",
    "add 'when' to the options, or take 'measure' out": (
        "선택지에 'when'을 더하거나 'measure'를 빼세요"
    ),
    "the 'when' of these options has no names to speak of": (
        "이 선택지들의 'when'에 쓸 이름이 없습니다"
    ),
    "add 'params' that are drawn, or a 'measure'": "뽑을 'params'나 'measure'를 더하세요",
    "'when' decides which of these options are right": "어느 선택지가 맞는지는 'when'이 정합니다",
    "take 'correct' out": "'correct'를 빼세요",
    "'show: {shown}' asks for more than the {count} there are": (
        "'show: {shown}'인데 선택지는 {count}개뿐입니다"
    ),
    "write 'show: {count}' or less, or take it out": ("'show: {count}' 이하로 쓰거나, 빼세요"),
    "at most {most} options are shown": "선택지는 {most}개까지 보입니다",
    "add 'show: 4' to draw them": "'show: 4'를 더해 그 가운데서 뽑으세요",
    "'show: {show}' leaves no room for a wrong option": (
        "'show: {show}'이면 틀린 선택지가 들어갈 자리가 없습니다"
    ),
    "show more of them": "더 많이 보이게 하세요",
    "'show' needs to know what is right before the simulation ran": (
        "'show'를 쓰려면 시뮬레이션을 하기 전에 맞는 것이 정해져 있어야 합니다"
    ),
    "take it out": "빼세요",
    "'unordered' names '{unknown}', which is not among 'blanks'": (
        "'unordered'의 '{unknown}' 이름이 'blanks'에 없습니다"
    ),
    "add it to 'blanks', or take it out of 'unordered'": (
        "'blanks'에 더하거나 'unordered'에서 빼세요"
    ),
    "'unordered' names a blank twice": "'unordered'에 같은 빈칸이 두 번 나옵니다",
    "'within' covers the whole axis": "'within'이 축 전체를 덮습니다",
    "narrow it, or widen the axis": "좁히거나, 축을 넓히세요",
    "a prediction has exactly one of {names}": (
        "예측 문항에는 다음 가운데 하나만 있어야 합니다: {names}"
    ),
    "keep one, and take the others out": "하나만 남기고 나머지를 빼세요",
    "'order: fixed' without 'outcomes'": "'order: fixed'가 있는데 'outcomes'가 없습니다",
    "'direction' without 'things'": "'direction'이 있는데 'things'가 없습니다",
    # claims and checks
    "'share' and 'over' go together": "'share'와 'over'는 함께 써야 합니다",
    "a value stands twice in the grid of 'over', and would count twice": (
        "'over'의 격자에 같은 값이 두 번 있어 두 번 세게 됩니다"
    ),
    "write each value once": "값마다 한 번만 쓰세요",
    "'over' has one point, whose share says nothing": (
        "'over'의 격자에 점이 하나뿐이라 비율이 아무것도 말해 주지 않습니다"
    ),
    "give further values, or put these in 'given'": "값을 더 쓰거나, 'given'에 쓰세요",
    "'over' and 'statistic: ratio' go together": "'over'와 'statistic: ratio'는 함께 써야 합니다",
    "write both, or neither": "둘 다 쓰거나, 둘 다 빼세요",
    "nothing says why this claim is not tried": "이 주장을 왜 시험하지 않는지 쓰여 있지 않습니다",
    "add 'checks', or 'why: {{ko: ..., en: ...}}'": (
        "'checks'를 더하거나 'why: {{ko: ..., en: ...}}'를 더하세요"
    ),
    "'{text}' is no day": "'{text}'은(는) 날짜가 아닙니다",
    "write year, month and day: 2026-11-30": "연, 월, 일을 쓰세요: 2026-11-30",
    "'{twin}' stands twice": "'{twin}'이(가) 두 번 나옵니다",
}
