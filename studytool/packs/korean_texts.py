"""The Korean of what is said of texts: blanks, placeholders, TeX, quotes of the notes, units."""

TEXTS: dict[str, str] = {
    # blanks
    "blanks are written [[name]], and their answers under 'blanks'": (
        "빈칸은 [[이름]]으로 쓰고, 답은 'blanks' 아래에 씁니다"
    ),
    "write [[{name}]] in place of the braces": "중괄호 대신 [[{name}]]로 쓰세요",
    "the blank [[{name}]] stands in a formula or in code, where it is text": (
        "빈칸 [[{name}]]이(가) 수식이나 코드 안에 있어 글자로 보입니다"
    ),
    "write it outside": "그 밖에 쓰세요",
    "no text has the blank [[{name}]]": "어느 글에도 빈칸 [[{name}]]이(가) 없습니다",
    "write [[{name}]] in the text, or take it out of 'blanks'": (
        "글에 [[{name}]]을(를) 쓰거나 'blanks'에서 빼세요"
    ),
    "the text has no blank [[{name}]]": "이 글에 빈칸 [[{name}]]이(가) 없습니다",
    "blank the same words in each language": "언어마다 같은 말을 빈칸으로 하세요",
    "unknown blank [[{name}]]": "모르는 빈칸 [[{name}]]입니다",
    "the answers of a blank stand under 'blanks'": "빈칸의 답은 'blanks' 아래에 씁니다",
    "write [[{name}]]": "[[{name}]]로 쓰세요",
    "write its name between the brackets": "대괄호 사이에 이름을 쓰세요",
    "add 'blanks: {{{name}: {{accept: [...]}}}}'": (
        "'blanks: {{{name}: {{accept: [...]}}}}'를 더하세요"
    ),
    "the blank [[{name}]] stands twice": "빈칸 [[{name}]]이(가) 두 번 나옵니다",
    "give each blank its own name": "빈칸마다 이름을 따로 붙이세요",
    "this blank is not closed": "이 빈칸을 닫지 않았습니다",
    # placeholders
    "unknown placeholder {{{name}}}": "모르는 자리표시 {{{name}}}입니다",
    "{{answer}} would give the key away here": "여기에 {{answer}}를 쓰면 정답이 드러납니다",
    "only the solution and the feedback of a number may show it": (
        "풀이와, 수를 묻는 문항의 피드백에서만 보일 수 있습니다"
    ),
    "no number is drawn here; a letter that is meant is written {name}": (
        "여기에는 뽑는 수가 없습니다. 글자라면 {name}(으)로 쓰세요"
    ),
    "no number is drawn here; a brace that is meant is written \\{{{name}}}": (
        "여기에는 뽑는 수가 없습니다. 중괄호라면 \\{{{name}}}로 쓰세요"
    ),
    "{{{name}}} is a label and has no digits": "{{{name}}}: 이름이라 자릿수가 없습니다",
    "numbers here: {columns}": "여기에 쓸 수 있는 수: {columns}",
    "unknown format '{format}' of {{{name}}}": "{{{name}}}의 숫자 형식 '{format}': 모르는 형식입니다",
    "write 3sf or 2dp, + for a sign apart, () for brackets, or both: +2dp, (3sf)": (
        "3sf나 2dp, 떨어진 부호는 +, 괄호는 (), 함께는 +2dp나 (3sf)로 쓰세요"
    ),
    "'{particle}' stands behind every number, whatever form that number wants": (
        "'{particle}'이 어떤 수 뒤에나 그대로 붙어, 맞지 않는 수가 있습니다"
    ),
    "a particle cannot stand in a formula": "수식 안에는 조사를 쓸 수 없습니다",
    "write it after the formula": "수식 뒤에 쓰세요",
    "'{particle}' is no Korean particle with two forms": (
        "'{particle}': 두 꼴로 바뀌는 조사가 아닙니다"
    ),
    "write one such as 은, 이, 을, 와, 으로, 이다, 이라; what has one form follows the }}": (
        "은, 이, 을, 와, 으로, 이다, 이라 같은 것을 쓰세요. 꼴이 하나인 말은 }} 뒤에 쓰세요"
    ),
    "inside a formula braces are TeX's, and {{{name}}} shows a letter": (
        "수식 안의 중괄호는 TeX의 것이어서 {{{name}}}가 글자로 보입니다"
    ),
    "a placeholder has no spaces in it": "자리표시 안에는 빈칸을 두지 않습니다",
    "a placeholder is one name, and '{formula}' is a formula": (
        "자리표시에는 이름 하나만 쓰는데 '{formula}'은(는) 수식입니다"
    ),
    "give it a name under 'let', and write that name in the braces": (
        "'let'에서 이름을 붙이고 중괄호에는 그 이름을 쓰세요"
    ),
    "write \\val{{{name}}} for its number": "그 수는 \\val{{{name}}}로 쓰세요",
    "\\val puts a number into a formula, and here is none": (
        "\\val은 수식에 수를 넣는데, 여기는 수식이 아닙니다"
    ),
    "write {words}": "{words}(으)로 쓰세요",
    "write the number behind the formula, as {words}": "수를 수식 뒤로 빼서 {words}(으)로 쓰세요",
    "'{name}' is shown as {used} elsewhere in the question": (
        "'{name}' 값이 문제의 다른 곳에서는 {used}로 보입니다"
    ),
    "it is rounded to what is shown before it is used: show it one way": (
        "보이는 대로 반올림한 값을 계산에 씁니다. 한 가지로 보이세요"
    ),
    # TeX
    "did you mean '\\{near}'?": "혹시 '\\{near}'인가요?",
    "write it with other commands, or in words": "다른 명령이나 말로 쓰세요",
    "write ${latex}$": "${latex}$로 쓰세요",
    "this '{words}' has no partner that would end its formula": (
        "이 '{words}'에는 수식을 끝낼 짝이 없습니다"
    ),
    "a formula with a space beside its '$' is shown as it is written": (
        "'$' 옆에 빈칸이 있는 수식은 쓴 글자 그대로 보입니다"
    ),
    "this '}}' closes no brace": "이 '}}'가 닫을 중괄호가 없습니다",
    "this '{{' is not closed in its formula": "이 '{{'를 수식 안에서 닫지 않았습니다",
    "this '{words}' has no '{other}' in its formula": "이 '{words}'의 짝 '{other}'가 수식에 없습니다",
    "this '{words}' stands alone in its formula": "이 '{words}'의 짝이 수식에 없습니다",
    "the command '{words}' cannot be laid out": "명령 '{words}'는 화면에 배치할 수 없습니다",
    "'{words}' is TeX, and stands outside a formula": "'{words}': TeX인데 수식 밖에 있습니다",
    "end the formula with '{words}'; a dollar sign is written '\\$'": (
        "수식을 '{words}'로 끝내세요. 달러 기호는 '\\$'로 씁니다"
    ),
    "take it out; a brace to show is '\\}}'": "빼세요. 보일 중괄호는 '\\}}'로 씁니다",
    "close it with '}}'; a brace to show is '\\{{'": (
        "'}}'로 닫으세요. 보일 중괄호는 '\\{{'로 씁니다"
    ),
    "write \\left( … \\right), or brackets without '{words}'": (
        "\\left( … \\right)로 쓰거나, '{words}' 없이 괄호만 쓰세요"
    ),
    "put the formula between '$' and '$', or show it as `code`": (
        "수식을 '$'와 '$' 사이에 넣거나, `코드`로 보이세요"
    ),
    "write one formula for each line": "줄마다 수식을 따로 쓰세요",
    "only 'matrix', 'pmatrix', 'bmatrix', 'Bmatrix', 'vmatrix', 'Vmatrix' and 'cases' are laid out": (
        "'matrix', 'pmatrix', 'bmatrix', 'Bmatrix', 'vmatrix', 'Vmatrix', 'cases'만 배치합니다"
    ),
    "write \\begin{{pmatrix}} … \\end{{pmatrix}}, the same name at both ends": (
        "\\begin{{pmatrix}} … \\end{{pmatrix}}처럼 양끝에 같은 이름을 쓰세요"
    ),
    "write \\frac{{a}}{{b}}": "\\frac{{a}}{{b}}로 쓰세요",
    "write C(n, k) and say what it is": "C(n, k)로 쓰고 무엇인지 밝히세요",
    "write \\mathrm{{…}}": "\\mathrm{{…}}로 쓰세요",
    "write \\mathbf{{…}}": "\\mathbf{{…}}로 쓰세요",
    "write <": "<로 쓰세요",
    "write >": ">로 쓰세요",
    "write \\mathbb{{R}}": "\\mathbb{{R}}로 쓰세요",
    "write \\mathbb{{E}}, or E": "\\mathbb{{E}}나 E로 쓰세요",
    "write \\left( … \\right)": "\\left( … \\right)로 쓰세요",
    # the notes
    "the quote is not in line {lines} of the notes": "인용문이 노트의 {lines}번째 줄에 없습니다",
    "the nearest is in line {number}: '{quote}'": (
        "가장 가까운 것은 {number}번째 줄에 있습니다: '{quote}'"
    ),
    "the notes have no line {line}: they end with line {count}": (
        "노트에 {line}번째 줄이 없습니다. 마지막은 {count}번째 줄입니다"
    ),
    "quote it as it stands there, or shorter": "거기에 있는 그대로, 또는 더 짧게 인용하세요",
    "name them in pack.yaml: 'notes: notes.ko.md'": ("pack.yaml에 'notes: notes.ko.md'로 쓰세요"),
    "give the lines by number, the first is 1": "줄을 번호로 쓰세요. 첫 줄이 1입니다",
    "it is in line {number}": "{number}번째 줄에 있습니다",
    "the pack has no notes": "꾸러미에 노트가 없습니다",
    # units
    "'{text}' is not the unit that another language has, '{first}'": (
        "'{text}': 다른 언어의 단위 '{first}'와 같지 않습니다"
    ),
    "write the same unit in every language": "모든 언어에 같은 단위를 쓰세요",
}
