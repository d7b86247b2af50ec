"""The Korean of what is said of formulas, references, checks, and of what lint warns of."""

REFERENCES: dict[str, str] = {
    # names
    "none": "없음",
    "mend it there; 'studytool help formulas' says what may stand in one": "그 자리를 고치세요. 수식에 "
    "쓸 수 있는 것은 'studytool help formulas'에 있습니다",
    "names here: {names}": "여기에 쓸 수 있는 이름: {names}",
    "unknown name '{name}'": "모르는 이름 '{name}'입니다",
    "formula: unknown name '{name}'": "수식: 모르는 이름 '{name}'입니다",
    "formula: {why}": "수식: {why}",
    "only the sample of a check has 'reps'": "'reps'는 확인의 표본에서만 쓸 수 있습니다",
    "the name '{name}' has a meaning in formulas already": (
        "이름 '{name}'에는 수식에서 이미 뜻이 있습니다"
    ),
    "the name '{name}' is bound twice": "이름 '{name}'을(를) 두 번 붙였습니다",
    "choose another": "다른 이름을 쓰세요",
    "'{name}' is an experiment of the core": "'{name}': 핵심부에 이미 있는 실험의 이름입니다",
    "'{name}' is neither in the state nor used by another": (
        "'{name}': 상태에도 없고, 다른 수식에서 쓰이지도 않습니다"
    ),
    "the state has {names}": "상태에 있는 이름: {names}",
    "nothing here is drawn: it is one number, and has no {what}": (
        "난수에 따르지 않는 수 하나이므로 {what}이(가) 없습니다"
    ),
    "take one of them out": "하나를 빼세요",
    "every condition of 'given' names the same parameters": (
        "'given'의 조건마다 이름이 같아야 합니다"
    ),
    "the first has {names}": "첫 조건의 이름: {names}",
    "concepts require one another: {circle}": "개념이 서로를 먼저 요구합니다: {circle}",
    "unknown {kind} '{name}'": "없는 {kind} '{name}'입니다",
    "concept": "개념",
    "claim": "주장",
    "source": "출처",
    "misconception": "오개념",
    "language": "언어",
    # what stands twice
    "give each its own": "하나하나에 따로 붙이세요",
    "the id '{name}' stands twice in '{path}'": "'{path}'에 id '{name}'이(가) 두 번 나옵니다",
    "the id '{name}' stands twice": "id '{name}'이(가) 두 번 나옵니다",
    "an earlier card asks the same": "앞의 카드가 같은 것을 묻습니다",
    "ask something else, or drop one": "다른 것을 묻거나 하나를 빼세요",
    "it reads like an earlier one; only their ids tell the two apart": (
        "앞의 것과 글이 같아, id로만 구별됩니다"
    ),
    "say in the text how they differ": "어떻게 다른지 글에 쓰세요",
    "the first stands here": "첫 번째가 여기에 있습니다",
    "it stands here": "여기에 있습니다",
    "'{old}' is the item's own id": "'{old}': 이 문항 자신의 id입니다",
    "'{old}' is an item of this pack, which keeps its own history": (
        "'{old}': 이 꾸러미에 있는 문항이어서 제 기록을 그대로 지닙니다"
    ),
    "'{old}' stands twice": "'{old}'이(가) 두 번 나옵니다",
    "'{old}' is claimed by '{id}' too": "'{old}': '{id}' 문항도 이어받습니다",
    "take it out, or write the id that the item had before": (
        "빼거나, 이 문항이 전에 쓰던 id를 쓰세요"
    ),
    "one item alone takes a history over": "기록은 한 문항만 이어받습니다",
    # conditions and options
    "a condition is wanted, and this is a number": "조건이어야 하는데 수입니다",
    "compare it: '{text} > 0', say": "'{text} > 0'처럼 비교하세요",
    "it names no measured quantity, and so cannot fail": (
        "잰 양의 이름이 없어 틀릴 수 없는 조건입니다"
    ),
    "it names nothing that is drawn, and so cannot fail": (
        "뽑는 이름이 없어 틀릴 수 없는 조건입니다"
    ),
    "it and the draws of '{name}' both call '{form}'": (
        "이 조건과 '{name}'의 시뮬레이션이 모두 '{form}'을(를) 부릅니다"
    ),
    "write the limit as a number": "한계를 수로 쓰세요",
    # misconceptions and the key
    "'{id}' comes to the key: whoever makes it is right": (
        "오개념 '{id}'의 값이 정답과 같습니다. 그렇게 답해도 맞습니다"
    ),
    "mend its formula, or take it out": "수식을 고치거나 빼세요",
    "the key stands here": "정답이 여기에 있습니다",
    "'{one}' and '{other}' come to one number: neither can be told by it": (
        "오개념 '{one}'과 '{other}'의 값이 같아, 어느 쪽인지 가려낼 수 없습니다"
    ),
    "drop one, or part them by 'when'": "하나를 빼거나 'when'으로 나누세요",
    "the other stands here": "다른 하나가 여기에 있습니다",
    "the key is 0 for {drawn}, and a share of 0 is 0": (
        "{drawn}일 때 정답이 0인데, 0의 몇 퍼센트도 0입니다"
    ),
    "add 'abs:' to the tolerance, or exclude such draws by 'require'": (
        "tolerance에 'abs:'를 더하거나, 그런 값을 'require'로 빼세요"
    ),
    # checks
    "draw it without the key's own formula, from unit weights, say": (
        "정답의 수식을 쓰지 말고 뽑으세요. 분산이 1인 가중치에서 시작하는 것도 좋습니다"
    ),
    "try it by a sample or an experiment, or say 'because: {{ko: ..., en: ...}}'": (
        "표본이나 실험으로 확인하거나, 'because: {{ko: ..., en: ...}}'로 까닭을 쓰세요"
    ),
    "the key and its check both call '{form}'": "정답과 그 확인이 모두 '{form}'을(를) 부릅니다",
    "this is the key in other words: they are equal at random points": (
        "정답을 고쳐 쓴 수식입니다. 아무 값을 넣어도 정답과 같습니다"
    ),
    "the key is '{form}' itself": "정답이 바로 '{form}'입니다",
    "the check holds the key that it tries: {form}": (
        "확인할 정답이 확인하는 수식 안에 들어 있습니다: {form}"
    ),
    "an rtol above {widest} needs a reason": "{widest}보다 큰 rtol에는 까닭이 있어야 합니다",
    "say it in 'because:' beside 'rtol', or narrow it": (
        "'rtol' 옆에 'because:'로 까닭을 쓰거나, 좁히세요"
    ),
    "the control '{id}' says what the claim says": "대조 '{id}'이(가) 주장과 같은 말을 합니다",
    "the control '{id}' says what the claim says, within its rtol of {rtol:g}": (
        "대조 '{id}'이(가) rtol {rtol:g} 안에서 주장과 같은 말을 합니다"
    ),
    "write what somebody in error would say": "잘못 아는 사람이 할 말을 쓰세요",
    "the claim says this": "주장은 이렇게 말합니다",
    "a margin of {margin} says less than an order": (
        "margin이 {margin}이면 순서보다 약한 말이 됩니다"
    ),
    "an order needs a margin of 0 or more; exchange the sides to say the opposite": (
        "margin은 0 이상이어야 합니다. 반대로 말하려면 두 쪽을 바꾸세요"
    ),
    "the control '{id}' follows from the claim itself": (
        "대조 '{id}': 주장에서 바로 따라 나옵니다"
    ),
    "name another comparison, or a contrast": "다른 비교나 'contrast'를 쓰세요",
    "the control '{id}' compares a side with itself": (
        "대조 '{id}'에서 두 쪽이 같은 측정이라 틀릴 수 없습니다"
    ),
    "name two sides that differ": "서로 다른 두 측정을 쓰세요",
    "the control '{id}' compares a computed number with itself": (
        "대조 '{id}': 계산한 수를 그 자신과 비교합니다"
    ),
    "name a setting where the two sides differ": "두 쪽이 달라지는 조건을 쓰세요",
    "with a margin of 0 the control '{id}' cannot be rejected": (
        "margin이 0이면 대조 '{id}': 기각될 수 없습니다"
    ),
    "give the check the least effect that the sentence claims as its margin": (
        "문장이 말하는 가장 작은 효과를 margin으로 쓰세요"
    ),
    "'{id}' is about '{concept}', which '{own}' has no part in": (
        "주장 '{id}'의 개념 '{concept}': 문항의 개념 '{own}'과 관계가 없습니다"
    ),
    "name a claim about the item's own sentence": "이 문항이 하는 말에 대한 주장을 쓰세요",
    "its controls: {names}": "이 주장의 대조: {names}",
    "{id} has no control '{rejects}'": "주장 '{id}'에 대조 '{rejects}'이(가) 없습니다",
    # experiments
    "unknown experiment '{name}'": "없는 실험 '{name}'입니다",
    "studytool simulate --list names them": "studytool simulate --list로 볼 수 있습니다",
    "{experiment} has no quantity '{quantity}'": (
        "실험 '{experiment}'에 '{quantity}'이라는 양이 없습니다"
    ),
    "it has {names}": "여기에 있는 것: {names}",
    "'{quantity}' is an estimate; a key needs an exact quantity": (
        "'{quantity}': 추정값입니다. 정답에는 정확한 양이 있어야 합니다"
    ),
    "exact here: {names}": "여기서 정확한 양: {names}",
    "{experiment} has no parameter '{name}'": (
        "실험 '{experiment}'에 '{name}'이라는 매개변수가 없습니다"
    ),
    "{name} = {value}: {why}": "{name} = {value}: {why}",
    # lint
    "this text is still to be written": "아직 쓰지 않은 글입니다",
    "write it, and take '{todo}' out": "글을 쓰고 '{todo}'를 빼세요",
    "no translation into '{language}'": "'{language}' 번역이 없습니다",
    "add '{language}:'": "'{language}:'를 더하세요",
    "no item is about '{id}'": "개념 '{id}'에 대한 문항이 없습니다",
    "the prompt does not show the parameter '{name}'": (
        "문제에 매개변수 '{name}'이(가) 보이지 않습니다"
    ),
    "write {{{name}}}, with one brace": "중괄호를 하나만 써서 {{{name}}}로 쓰세요",
    "write {{{name}}} where it is said": "말하는 자리에 {{{name}}}를 쓰세요",
    "write \\val{{{name}}} in the formula for its number": (
        "수식에서 그 수는 \\val{{{name}}}로 쓰세요"
    ),
    "'{name}' may be 0 or 1, which hides errors of the formula": (
        "'{name}' 값이 0이나 1이 될 수 있어 수식의 잘못이 가려집니다"
    ),
    "leave 0 and 1 out": "0과 1을 빼세요",
    "no worked solution": "풀이가 없습니다",
    "add 'solution:', which may show {{answer}}": (
        "'solution:'을 더하세요. {{answer}}를 보일 수 있습니다"
    ),
    "the solution shows none of the numbers": "풀이에 숫자가 하나도 보이지 않습니다",
    "show {{answer}} and what it is made of": "{{answer}}와 그것이 나온 수를 보이세요",
    "the right option is the longest in {count} of {all} choices": (
        "선택 문항 {all}개 가운데 {count}개에서 맞는 선택지가 가장 깁니다"
    ),
    "write wrong options as fully as right ones": "틀린 선택지도 맞는 것만큼 충분히 쓰세요",
    "'{name}' is about '{concept}', which is learned after '{own}'": (
        "주장 '{name}'의 개념 '{concept}': '{own}' 뒤에 배웁니다"
    ),
    "move the item to that concept, or name an earlier claim": (
        "문항을 그 개념으로 옮기거나, 앞에서 배우는 주장을 쓰세요"
    ),
}
