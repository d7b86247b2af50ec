"""The meaning of each code that ``studytool check`` reports, in a line."""

from studytool.language import Phrase

CODES: dict[str, Phrase] = {
    "E100": Phrase("꾸러미가 아님: pack.yaml이 없음", "no pack: pack.yaml is missing"),
    "E101": Phrase("파일이 너무 큼", "the file is too large"),
    "E102": Phrase("파일이나 폴더를 읽을 수 없음", "a file or folder cannot be read"),
    "E103": Phrase("UTF-8이 아님", "the file is not UTF-8"),
    "E104": Phrase("보이지 않는 제어·방향 문자", "an invisible control or direction character"),
    "E105": Phrase("꾸러미 폴더 안의 링크", "a link in the pack's folder"),
    "E106": Phrase("꾸러미가 너무 큼", "the pack is too large"),
    "E107": Phrase(
        "이름이 조금 달라 읽지 않는 폴더나 파일",
        "a folder or file that is not read: its name is nearly that of a part",
    ),
    "E108": Phrase("문항이 하나도 없음", "no items at all"),
    "E110": Phrase("YAML이 아님", "not YAML"),
    "E111": Phrase("한 파일에 문서가 둘", "a second document in one file"),
    "E112": Phrase("앵커, 별칭, 병합 키", "an anchor, an alias or a merge key"),
    "E113": Phrase("YAML 태그", "a YAML tag"),
    "E114": Phrase("너무 깊이 겹침", "nested too deep"),
    "E115": Phrase("같은 키가 두 번", "a key stands twice"),
    "E116": Phrase("키가 글자가 아님", "a key is not text"),
    "E117": Phrase("숫자인지 글자인지 알 수 없음", "neither a plain number nor clearly text"),
    "E118": Phrase("수가 너무 큼", "a number is too large"),
    "E119": Phrase("꾸러미의 파일에 값이 너무 많음", "too many values in the pack's files"),
    "E120": Phrase("문제가 너무 많아 읽기를 멈춤", "too many problems; reading stopped"),
    "E121": Phrase("큰따옴표 안의 TeX", "TeX in double quotes"),
    "E122": Phrase("글이 너무 긺", "a text is too long"),
    "E201": Phrase("모르는 키", "an unknown key"),
    "E202": Phrase("빠진 키나 값", "a key or value is missing"),
    "E203": Phrase("모르는 종류나 낱말", "an unknown kind or word"),
    "E204": Phrase("값이 형식에 맞지 않음", "a value is not as the schema wants it"),
    "E205": Phrase(
        "문항·주장·실험 파일이 목록이 아님", "a file of items, claims or experiments is no list"
    ),
    "E206": Phrase("따옴표 없는 쉼표에서 글이 끊김", "a text ends at a comma without quotes"),
    "E300": Phrase(
        "없는 개념, 출처, 주장, 대조의 이름", "an unknown concept, source, claim or control"
    ),
    "E301": Phrase("수식의 문법이 틀림", "a formula that cannot be read"),
    "E302": Phrase("이름이 서로를 돌며 부름", "names go round in a circle"),
    "E303": Phrase("수식에 모르는 이름", "an unknown name in a formula"),
    "E304": Phrase("같은 id가 두 번", "an id stands twice"),
    "E305": Phrase(
        "글에 모르는 자리표시, 또는 정답을 드러내는 자리표시",
        "an unknown placeholder, or one that gives the key away",
    ),
    "E306": Phrase("개념이 서로를 먼저 요구함", "concepts require one another"),
    "E307": Phrase(
        "모르는 빈칸이나 두 번 나오는 빈칸", "an unknown blank, or one that stands twice"
    ),
    "E308": Phrase("글에 빈칸이 빠짐", "a text without one of its blanks"),
    "E309": Phrase("없는 노트나 없는 줄", "no notes, or no such line in them"),
    "E310": Phrase("인용문이 그 줄에 없음", "the quote is not in that line"),
    "E311": Phrase("없는 실험", "an unknown experiment"),
    "E312": Phrase("실험에 없는 양", "the experiment has no such quantity"),
    "E313": Phrase("실험에 없는 매개변수", "the experiment has no such parameter"),
    "E314": Phrase("실험이 받지 않는 값", "a value that the experiment refuses"),
    "E315": Phrase("given의 조건마다 이름이 다름", "the conditions of given differ in names"),
    "E316": Phrase("모르는 숫자 형식", "an unknown number format"),
    "E317": Phrase("정답이 추정값에 기댐", "a key rests on an estimate"),
    "E318": Phrase("이미 뜻이 있거나 두 번 붙인 이름", "a name already taken or bound twice"),
    "E319": Phrase("순서의 margin이 음수", "a negative margin of an order"),
    "E320": Phrase("틀릴 수 없는 대조", "a control that cannot fail"),
    "E321": Phrase(
        "문제에 두 가지 자리로 보이는 let", "a let that the question shows in two roundings"
    ),
    "E322": Phrase("읽을 수 없는 단위", "a unit that cannot be read"),
    "E323": Phrase("이어받을 수 없는 옛 id", "an old id whose history cannot be taken over"),
    "E324": Phrase("비교하지 않는 조건", "a condition that compares nothing"),
    "E325": Phrase("핵심부의 실험과 이름이 같은 실험", "an experiment named like one of the core"),
    "E326": Phrase(
        "실험에서 아무것도 바꾸지 않는 이름이나 통계량",
        "a name or statistic of an experiment that changes nothing",
    ),
    "E330": Phrase("관계없는 개념의 주장", "a claim about an unrelated concept"),
    "E331": Phrase("두 선택지의 글이 같음", "two options with one text"),
    "E332": Phrase("빈 글", "a text with nothing in it"),
    "E340": Phrase("확인이 정답 자체에서 나옴", "a check that takes the key from itself"),
    "E341": Phrase(
        "정답을 고쳐 쓴 수식인데 까닭이 없음", "the key in other words, without a because"
    ),
    "E342": Phrase(
        "두 오개념의 값이 언제나 같음", "two misconceptions that always come to one number"
    ),
    "E343": Phrase(
        "0이 되는 정답에 절대 허용 오차가 없음",
        "a key that can be 0, without an absolute tolerance",
    ),
    "E344": Phrase("값이 언제나 정답인 오개념", "a misconception that always comes to the key"),
    "E345": Phrase("까닭 없이 넓은 rtol", "a wide rtol without a reason"),
    "E346": Phrase("주장과 같은 말을 하는 대조", "a control that says what the claim says"),
    "E350": Phrase("짝이 없는 $", "a $ without its partner"),
    "E351": Phrase("수식의 중괄호가 짝이 맞지 않음", "braces of a formula that do not match"),
    "E352": Phrase("배치할 수 없는 TeX 명령", "a TeX command that cannot be laid out"),
    "E353": Phrase("배치할 수 없는 수식", "a formula that cannot be laid out"),
    "E354": Phrase("수식 밖의 TeX", "TeX outside a formula"),
    "E360": Phrase("낼 수 없는 문항", "an item that cannot be asked"),
    "E363": Phrase(
        "정답을 그대로 입력해도 맞지 않음", "the key as it is printed is not marked right"
    ),
    "E364": Phrase(
        "오개념의 값이 그 오개념으로 채점되지 않음",
        "the value of a misconception is not marked as that misconception",
    ),
    "E365": Phrase("문항의 test가 어긋남", "a test of an item fails"),
    "E366": Phrase("확인의 표본을 뽑을 수 없음", "the sample of a check is refused"),
    "E367": Phrase("끝까지 해 보지 못한 문항", "an item that could not be played to its end"),
    "E368": Phrase(
        "매개변수의 기본값에서 할 수 없는 실험", "an experiment that cannot be run at its defaults"
    ),
    "W400": Phrase("읽지 않는 파일이나 폴더", "a file or folder that is not read"),
    "W401": Phrase("번역이 없음", "a translation is missing"),
    "W402": Phrase("문항이 없는 개념", "a concept without items"),
    "W403": Phrase("문제에 보이지 않는 매개변수", "a parameter that the prompt does not show"),
    "W404": Phrase(
        "수식의 잘못을 가리는 매개변수 0, 1", "a parameter of 0 or 1, which hides errors"
    ),
    "W405": Phrase("변형이 너무 적음", "too few variants"),
    "W408": Phrase("풀이가 없거나 숫자가 없음", "no worked solution, or one without the numbers"),
    "W411": Phrase("정답이 문제에 적혀 있음", "the prompt shows the key"),
    "W412": Phrase("같은 것을 묻는 카드", "a card that asks what another asks"),
    "W413": Phrase("정답이 늘 0이거나 한 번도 0이 아님", "the key is always 0, or never"),
    "W414": Phrase("맞는 선택지가 대개 가장 긺", "the right option is mostly the longest"),
    "W415": Phrase("뒤에 배울 개념의 주장", "a claim about a concept that is learned later"),
    "W416": Phrase(
        "부호가 앞뒤 기호와 섞여 읽히는 수", "a number whose sign is misread beside others"
    ),
    "W417": Phrase(
        "수에 맞추어 바뀌지 않는 조사", "a Korean particle that does not follow its number"
    ),
    "W418": Phrase("아직 쓰지 않은 글(TODO)", "a text that is still to be written (TODO)"),
    "W419": Phrase(
        "범위의 끝에서 할 수 없는 실험", "an experiment that cannot be run at an end of a range"
    ),
}
