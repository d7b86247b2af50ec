"""The Korean of what the reading of files says: folders, characters, YAML, numbers."""

READING: dict[str, str] = {
    # folders and files
    "split it into packs, or read it with --large": "여러 꾸러미로 나누거나, --large를 붙여 읽으세요",
    "{what} in the pack's files; nothing is read from here on": (
        "꾸러미의 파일이 {what}. 여기서부터는 읽지 않습니다"
    ),
    "more than {files:,} files": "{files:,}개를 넘습니다",
    "more than {characters:,} characters": "{characters:,}자를 넘습니다",
    "put its files into the folder '{near}/'": "그 안의 파일을 '{near}/' 폴더로 옮기세요",
    "cannot be read: {reason}": "읽을 수 없습니다: {reason}",
    "only files named *.yaml right inside {part}/ are": (
        "{part}/ 바로 안에 있는, 이름이 *.yaml인 파일만 읽습니다"
    ),
    "delete it; 'studytool verify --write' makes it anew": (
        "지우세요. 'studytool verify --write'로 새로 만들 수 있습니다"
    ),
    "is not read": "읽지 않습니다",
    "a link, not a folder": "폴더가 아니라 링크입니다",
    "put the folder itself here": "폴더 자체를 여기에 두세요",
    "check its permissions": "권한을 확인하세요",
    "the pack has no items": "꾸러미에 문항이 없습니다",
    "{folder} is no pack: it has no pack.yaml": "{folder}: 꾸러미가 아닙니다. pack.yaml이 없습니다",
    "write some in items/NAME.yaml": "'items/이름.yaml' 파일에 문항을 쓰세요",
    "a file of items or claims is a list": "문항이나 주장의 파일은 목록이어야 합니다",
    "begin each with '- id:'": "하나하나를 '- id:'로 시작하세요",
    # characters
    "the invisible character U+{point:04X} ({name})": "보이지 않는 문자 U+{point:04X}",
    "{size:,} bytes; a file has at most {most:,}": (
        "{size:,}바이트입니다. 파일 하나는 {most:,}바이트까지입니다"
    ),
    "check that it is there and its permissions": "파일이 있는지, 권한이 맞는지 확인하세요",
    "delete it; text in a pack has no control, bidirectional or tag characters": (
        "지우세요. 꾸러미의 글에는 제어 문자, 방향 문자, 태그 문자를 쓸 수 없습니다"
    ),
    "leave it out; text in a pack has no control or bidirectional characters": (
        "빼세요. 꾸러미의 글에는 제어 문자와 방향 문자를 쓸 수 없습니다"
    ),
    "an escape for {found}": "이스케이프로 쓴 {found}",
    "a control character": "제어 문자",
    "split it": "나누세요",
    "{what}, not a file": "파일이 아닙니다: {what}",
    "put the file itself here": "파일 자체를 여기에 두세요",
    "this is only the pointer that 'git lfs' keeps in the file's place": "'git lfs'가 파일 자리에 둔 "
    "포인터일 뿐입니다",
    "run 'git lfs pull'": "'git lfs pull'을 실행하세요",
    "the byte {raw:#04x} is not UTF-8": "바이트 {raw:#04x}은(는) UTF-8이 아닙니다",
    "more invisible characters from here on": "여기서부터 보이지 않는 문자가 더 있습니다",
    "delete them": "지우세요",
    "save the file as UTF-8": "파일을 UTF-8로 저장하세요",
    # the grammar of YAML
    "not YAML: {message}": "YAML이 아닙니다: {message}",
    "{problem}": "여기를 읽을 수 없습니다",
    "look at the quotes, brackets and indentation of this line and the one above": (
        "이 줄과 윗줄의 따옴표, 괄호, 들여쓰기를 살펴보세요"
    ),
    "take it out, or write a value before it": "지우거나 그 앞에 값을 쓰세요",
    "nothing stands before this comma": "이 쉼표 앞에 아무것도 없습니다",
    "take '- ' out: a list in brackets has commas": (
        "'- '를 지우세요. 괄호 안의 목록은 쉼표로 나눕니다"
    ),
    "'- ' inside brackets": "괄호 안에 '- '가 있습니다",
    "write the key before it, or take ':' out": "그 앞에 키를 쓰거나 ':'를 지우세요",
    "a key is missing before this ':'": "이 ':' 앞에 키가 빠졌습니다",
    "write '{opening}' where it begins, or take '{closing}' out": (
        "시작하는 곳에 '{opening}'를 쓰거나 '{closing}'를 지우세요"
    ),
    "'{closing}' closes nothing": "'{closing}': 여는 괄호가 없습니다",
    "'{sign}' cannot stand here": "'{sign}': 여기에 올 수 없습니다",
    "put the text in quotes, or take '{sign}' out": "글을 따옴표로 묶거나 '{sign}'를 지우세요",
    "begin it in the next line, or take '- ' out": "다음 줄에서 시작하거나 '- '를 지우세요",
    "'- ' behind something else in its line": "'- ' 앞에 다른 것이 같은 줄에 있습니다",
    "'{sign}' ends the document here": "'{sign}'에서 문서가 끝납니다",
    "a tab between values": "값 사이에 탭이 있습니다",
    "write a space in its place": "그 자리에 빈칸을 쓰세요",
    "this line begins left of the first one": "첫 줄보다 왼쪽에서 시작하는 줄입니다",
    "begin the first line in column 1, and the others below it as they are meant": (
        "첫 줄을 1열에서 시작하고, 다른 줄은 뜻에 맞게 그 아래에 두세요"
    ),
    "close it, or take '{sign}' out": "닫거나 '{sign}'를 지우세요",
    "take '{sign}' out": "'{sign}'를 지우세요",
    "a '{opening}' is missing in this line": "이 줄에 '{opening}'가 빠졌습니다",
    "take it out, or put the whole text in quotes": "지우거나 글 전체를 따옴표로 묶으세요",
    "this stands behind a value that is complete": "이미 끝난 값 뒤에 있습니다",
    "write 'key: ' before it": "그 앞에 '키: '를 쓰세요",
    "a key is missing before this": "이 앞에 키가 빠졌습니다",
    "'{what}' begins in a column of its own": "'{what}': 다른 것과 시작하는 열이 다릅니다",
    "text in the line of '|' or '>'": "'|'나 '>'와 같은 줄에 글이 있습니다",
    "begin it in the next line, indented": "다음 줄에서 들여 써서 시작하세요",
    "a colon is missing after '{key}'": "'{key}' 뒤에 콜론이 빠졌습니다",
    "a space is missing after the colon of '{key}'": "'{key}'의 콜론 뒤에 빈칸이 빠졌습니다",
    "write '{key}: {rest}'": "'{key}: {rest}'(으)로 쓰세요",
    "write '{key}: {brace}'": "'{key}: {brace}'로 쓰세요",
    "'{key}' does not begin in the column of the key above it": (
        "'{key}' 키가 위의 키와 다른 칸에서 시작합니다"
    ),
    "begin it in column {wanted}": "{wanted}번째 칸에서 시작하세요",
    "a comma is missing before this": "이 앞에 쉼표가 빠졌습니다",
    "write a comma before it, or put the text in quotes where it is one": (
        "앞에 쉼표를 쓰거나, 하나의 글이면 따옴표로 묶으세요"
    ),
    "'{near}' is no comma": "'{near}': 쉼표가 아닙니다",
    "write ',' in place of '{near}'": "'{near}' 대신 ','를 쓰세요",
    "'{key}' has no value": "'{key}' 키에 값이 없습니다",
    "write a value behind it, or take '{key}' out": "뒤에 값을 쓰거나 '{key}' 키를 빼세요",
    "a tab in the indentation": "들여쓰기에 탭이 있습니다",
    "indent by spaces alone": "빈칸으로만 들여 쓰세요",
    "the text ends at this quote": "글이 이 따옴표에서 끝납니다",
    "write {twice} for a quote inside the text": "글 안의 따옴표는 {twice}로 쓰세요",
    "this quote is not closed": "이 따옴표를 닫지 않았습니다",
    "write the same quote at its end": "끝에 같은 따옴표를 쓰세요",
    "a text cannot begin with '{sign}'": "글을 '{sign}'로 시작할 수 없습니다",
    "put the text in quotes": "글을 따옴표로 묶으세요",
    "'-' without a space after it": "'-' 뒤에 빈칸이 없습니다",
    "'{sign}' begins no entry of a list": "'{sign}'은(는) 목록의 시작이 아닙니다",
    "write '- '": "'- '로 쓰세요",
    "' #' begins a comment": "' #'부터는 주석입니다",
    "put a text with ' #' in quotes": "' #'이 든 글은 따옴표로 묶으세요",
    "'{opening}' is closed by '{character}'": "'{opening}'를 '{character}'로 닫았습니다",
    "write '{closing}'": "'{closing}'로 쓰세요",
    "this '{opening}' is not closed": "이 '{opening}'를 닫지 않았습니다",
    "write '{closing}' at its end": "끝에 '{closing}'를 쓰세요",
    "a second colon in one line": "한 줄에 콜론이 둘 있습니다",
    "put a text with ': ' in quotes": "': '가 든 글은 따옴표로 묶으세요",
    # what is left out of YAML
    "TeX in double quotes, where a backslash is an escape: {tex}": (
        "큰따옴표 안의 TeX입니다. 거기서는 역슬래시가 이스케이프입니다: {tex}"
    ),
    "write the text in single quotes, or in the lines below '|', with one backslash": (
        "글을 작은따옴표로 묶거나 '|' 아래 줄에 쓰고, 역슬래시는 하나만 쓰세요"
    ),
    "a text of {count:,} bytes; one has at most {most:,}": (
        "글이 {count:,}바이트입니다. 글 하나는 {most:,}바이트까지입니다"
    ),
    "split it into several": "여럿으로 나누세요",
    "the values of the pack's files are too many from here on": (
        "꾸러미의 파일에 값이 너무 많습니다. 여기서부터는 읽지 않습니다"
    ),
    "the alias '*{anchor}'": "별칭 '*{anchor}'가 있습니다",
    "write the value out; put a text that begins with * in quotes": (
        "값을 그대로 쓰세요. '*'로 시작하는 글은 따옴표로 묶으세요"
    ),
    "the anchor '&{anchor}'": "앵커 '&{anchor}'가 있습니다",
    "leave it out; put a text that begins with & in quotes": (
        "빼세요. '&'로 시작하는 글은 따옴표로 묶으세요"
    ),
    "the tag '{tag}'": "태그 '{tag}'가 있습니다",
    "leave it out; put a text that begins with ! in quotes": (
        "빼세요. '!'로 시작하는 글은 따옴표로 묶으세요"
    ),
    "more than {most} problems; the rest of the file was not read": (
        "문제가 {most}개를 넘어, 파일의 나머지는 읽지 않았습니다"
    ),
    "mend the first ones": "앞의 것부터 고치세요",
    "nested deeper than {most} levels": "{most}단계보다 깊이 겹쳐 있습니다",
    "write it flatter: no key of a pack nests so deep": (
        "덜 겹치게 쓰세요. 꾸러미에 이렇게 깊이 겹치는 키는 없습니다"
    ),
    "the key '{key}' stands twice": "'{key}' 키가 두 번 나옵니다",
    "keep one of them; the first is in line {first}": (
        "하나만 남기세요. 첫 번째는 {first}번째 줄에 있습니다"
    ),
    "a key that is not text": "키가 글이 아닙니다",
    "write a word and a colon": "낱말과 콜론을 쓰세요",
    "the key {key} is not text": "{key} 키가 글이 아닙니다",
    "put it in quotes; inside {{...}}, so must be a text that contains a comma": (
        "따옴표로 묶으세요. {{...}} 안에서는 쉼표가 든 글도 묶어야 합니다"
    ),
    "(empty)": "(빈 키)",
    "a merge key": "병합 키가 있습니다",
    "write the keys out": "키를 그대로 쓰세요",
    "a second document": "문서가 하나 더 있습니다",
    "use one file for each": "문서마다 파일을 따로 쓰세요",
    # numbers
    "the list of '{key}' has no brackets": "'{key}'의 목록에 대괄호가 없습니다",
    "write [{listed}]": "[{listed}] 형태로 쓰세요",
    "numbers without a key": "키 없이 수만 있습니다",
    "write [{listed}]; of a parameter, {{choice: [{listed}]}}": (
        "[{listed}] 형태로, 매개변수라면 {{choice: [{listed}]}}로 쓰세요"
    ),
    "write {{choice: [{listed}]}}": "{{choice: [{listed}]}}로 쓰세요",
    "write each number, or of a parameter {{integers: [{low}, {high}]}}": (
        "수를 하나씩 쓰거나, 매개변수라면 {{integers: [{low}, {high}]}}로 쓰세요"
    ),
    "commas inside a number": "수 안에 쉼표가 있습니다",
    "'{whole},{tenths}' has a decimal comma": "'{whole},{tenths}': 소수점이 쉼표입니다",
    "write {whole}.{tenths}": "{whole}.{tenths}(으)로 쓰세요",
    "write {whole}.{tenths}, with a point": "점을 써서 {whole}.{tenths}(으)로 쓰세요",
    "'{text}' is neither a plain number nor clearly text": (
        "'{text}': 수인지 글인지 알 수 없습니다"
    ),
    "write {number}; where it is no number, '{text}' in quotes": (
        "{number}(으)로 쓰세요. 수가 아니면 '{text}'처럼 따옴표로 묶으세요"
    ),
    "the number {text} is too large": "수 {text}이(가) 너무 큽니다",
    "numbers go up to 1e308": "수는 1e308까지 쓸 수 있습니다",
    "write {number:.12g}": "{number:.12g}(으)로 쓰세요",
    "write {plain}": "{plain}(으)로 쓰세요",
    "write a finite number": "유한한 수를 쓰세요",
    "write a comma between the numbers": "수 사이에 쉼표를 쓰세요",
    "write a whole number in digits, without quotes": "정수를 따옴표 없이 숫자로 쓰세요",
    "write it in digits, without quotes": "따옴표 없이 숫자로 쓰세요",
    "write [{one}.{tenths}, {other}.{hundredths}]: decimals have a point": (
        "[{one}.{tenths}, {other}.{hundredths}]로 쓰세요. 소수점은 점입니다"
    ),
}
