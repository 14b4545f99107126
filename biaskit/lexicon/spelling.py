"""
How is a word of a pattern spelt on the other side of the Atlantic?

A lexicon that lists "organised" means "organized", too. The rules here give the other
spelling of a word of a *pattern*; the text is never changed. They are closed: a rule has a
list of the words it is true of, so that "four" is no "for", "sentence" no "sentense" and
"called" no "caled". Only the verbs in -ise are too many to list, and have a rule instead.

A word with `*` gets the other spellings of those words in the tables that it begins:
"labell*" finds "labeled" and "labeling", but not "label".

What is left alone because the spelling tells two words apart: tyre, kerb, cheque, storey,
draught, programme (a computer program in Britain, too), jail and gaol, learnt and learned.
"""

import re
from bisect import bisect_left
from functools import lru_cache

__all__ = ["spellings"]

# The Latin ending -our lost its u in America, and in both countries before -ous, -ation and
# -ific: "humorous" and "honorific" are spelt one way only, so what is built on is listed, too.
OUR_NOUNS = """arbour ardour behaviour candour clangour demeanour fervour misbehaviour misdemeanour
    odour parlour rancour rigour rumour saviour splendour succour tumour valour vigour
    watercolour""".split()
OUR_VERBS = """armour belabour clamour colour discolour disfavour dishonour enamour endeavour
    favour flavour harbour honour humour labour neighbour savour vapour""".split()
OUR_BUILT = """armoury behavioural behaviourally behaviourism behaviourist behaviourists colourful
    colourfully colourless dishonourable dishonourably favourable favourably favourite favourites
    favouritism flavourless honourable honourably humourless labourer labourers labourite
    labourites neighbourhood neighbourhoods neighbourliness neighbourly odourless rumoured savoury
    unfavourable unfavourably""".split()

# The French ending -re, where English always said -er.
RE = """amphitheatre calibre centimetre centre epicentre fibre kilometre litre lustre metre
    millilitre millimetre mitre ochre sabre sceptre sepulchre spectre theatre""".split()
RE_VERBS = "centre epicentre mitre sabre".split()

# A final l is doubled in Britain even if the syllable before it is not stressed; where it is
# stressed ("controlled", "rebelled") both countries double it.
L_VERBS = """bedevil cancel channel chisel counsel dial dishevel duel equal fuel funnel grovel
    imperil
    initial jewel label level libel marshal marvel mislabel model outrival panel pencil quarrel
    relabel remodel revel rival shovel signal snivel spiral swivel total towel travel tunnel
    unravel""".split()
L_BUILT = """counsellor:s jeweller:s labeller:s marvellous:ly modeller:s signaller:s traveller:s
    unequalled: unlabelled: unrivalled: woollen:s""".split()

# What the rules above do not cover: a British and an American beginning, and the endings of both.
PAIRS = """defenc|defens:e,es,eless offenc|offens:e,es pretenc|pretens:e,es licenc|licens:e,es
    practis|practic:e,ed,es,ing councillo|councilo:r,rs
    analys|analyz:e,ed,er,ers,ing catalys|catalyz:e,ed,ing paralys|paralyz:e,ed,ing,ingly
    psychoanalys|psychoanalyz:e,ed,ing electrolys|electrolyz:e,ed,ing
    enrol|enroll:,s,ment,ments enthral|enthrall:,s fulfil|fulfill:,s,ment distil|distill:,s
    instil|instill:,s instalment|installment:,s skilful|skillful:,ly wilful|willful:,ly,ness
    cosi|cozi:er,est,ed,es,ly,ness cosy|cozy:,ing grey|gray:,s,er,est,ed,ing,ish,ness
    mould|mold:,s,ed,ing,y smoulder|smolder:,s,ed,ing plough|plow:,s,ed,ing,man,men
    sceptic|skeptic:,s,al,ally,ism judgement|judgment:,s,al acknowledgement|acknowledgment:,s
    manoeuvre|maneuver:,s manoeuvr|maneuver:ed,ing,able
    ageing|aging: artefact|artifact:,s moustach|mustach:e,es,ioed pyjamas|pajamas:
    catalogue|catalog:,s dialogue|dialog:,s analogue|analog:,s aluminium|aluminum:
    jewellery|jewelry: paediatric|pediatric:,s,ian,ians paedophil|pedophil:e,es,ia,iac,iacs
    anaesthe|anesthe:sia,tic,tics,tist,tists anaemi|anemi:a,c leukaemia|leukemia:
    haemorrhag|hemorrhag:e,es,ed,ing foet|fet:us,uses,al oestrogen|estrogen:,s
    encyclopaedi|encyclopedi:a,as,c orthopaedic|orthopedic:,s diarrhoea|diarrhea:
    gynaecolog|gynecolog:y,ist,ists,ical sulph|sulf:ur,ate,ates,ide,uric
    enquir|inquir:y,ies,e,es,ed,ing,er,ers aeroplane|airplane:,s mediaeval|medieval:""".split()

# The Greek ending of verbs. British papers write -ise, American ones -ize; after one syllable
# or after a vowel the ending is another, French or Latin one ("rise", "promise", "disguise"),
# and in these longer words, too: nobody writes "advertize" or "supersise".
ISE_ENDINGS = "e ed es er ers ing ation ations ational".split()
NO_NOUN = re.compile(
    r"(?:apolog|antagon|critic|emphas|hypothes|jeopard|recogn|scrutin|synthes)i[sz]a"
)
NOT_GREEK = re.compile(
    r"(?:un|dis|en|re|mis|pre|over|im|in|ill)*(?:adv|advert|appr|chast|circumc|compr|comprom|conc"
    r"|dem|desp|dev|enterpr|exc|exerc|expert|franch|improv|inc|merchand|parad|pract|prec|prem|prom"
    r"|rev|superv|surm|surpr|telev|upr|v)"
    r"|.*w"  # otherwise
    r"|.*(?:bite|cap|down|king|life|man|mid|out|over|pint|plus|queen|right|super|under)s"  # -sized
    r"|.*(?:acropol|analys|cannab|catalys|dialys|genes|metropol|nemes|paralys|syphil)"  # -is
)
GREEK_BUT_SHORT = frozenset("bapt ion lion real theor".split())
GREEK = re.compile(
    r"(?:advert|adv|circumc|comprom|prom|surpr|enterpr|exerc|expert|franch|improv|merchand|parad"
    r"|superv|telev|w|upr|desp|dev|rev|prec|conc|surm|appr|pract|prem|dem|exc|inc|compr|chast"
    r"|super|over|down|out|mid|pint|bite|life|king|queen|man)(?:is|iz)"
)
GREEK_BUT_SHORT = frozenset("bapt real theor ion lion unreal".split())
GREEK = re.compile(r"(.*[b-df-hj-np-tv-xz])i([sz])")
SYLLABLE = re.compile(r"[aeiouy]+")


@lru_cache(maxsize=1 << 16)
def spellings(word: str) -> tuple[str, ...]:
    """
    The other spellings of a word of a pattern, in alphabetical order; none as a rule.

    >>> spellings("organised"), spellings("defense"), spellings("labell*")
    (('organized',), ('defence',), ('labeled', 'labeler', 'labelers', 'labeling'))
    >>> spellings("promise"), spellings("four")
    ((), ())
    """
    folded = word.casefold()
    found = _starred(folded[:-1]) if folded.endswith("*") else _whole(folded)
    if word == folded:
        return tuple(sorted(found))
    if word.isupper():
        return tuple(sorted(x.upper() for x in found))
    if word[:1].isupper() and word[1:] == folded[1:]:
        return tuple(sorted(x.capitalize() for x in found))
    return ()


def _whole(word: str) -> set[str]:
    greek = GREEK.match(word)
    if greek and word[greek.end() :] in ISE_ENDINGS and _is_greek(greek):
        return {_swapped(greek) + word[greek.end() :]}
    return {*_listed().get(word, ())}


def _starred(stem: str) -> set[str]:
    """The other spellings of all words that begin so, without those that begin so themselves."""
    words, listed = _sorted_words(), _listed()
    found = set()
    for i in range(bisect_left(words, stem), len(words)):
        if not words[i].startswith(stem):
            break
        found.update(listed[words[i]])
    greek = GREEK.match(stem)
    if greek and _is_greek(greek):
        rest = stem[greek.end() :]
        found.update(_swapped(greek) + x for x in ISE_ENDINGS if x.startswith(rest))
    return {x for x in found if not x.startswith(stem) and not NO_NOUN.search(x)}


def _is_greek(found: re.Match) -> bool:
    before = found[1]
    if before in GREEK_BUT_SHORT:
        return True
    return len(SYLLABLE.findall(before)) > 1 and not NOT_GREEK.fullmatch(before)


def _swapped(found: re.Match) -> str:
    return found[1] + ("iz" if found[2] == "s" else "is")


@lru_cache(maxsize=1)
def _sorted_words() -> list[str]:
    return sorted(_listed())


@lru_cache(maxsize=1)
def _listed() -> dict[str, list[str]]:
    """Every word of the closed rules with its other spellings."""
    ours = OUR_BUILT + [noun + s for noun in OUR_NOUNS for s in ("", "s")]
    ours += [verb + ending for verb in OUR_VERBS for ending in ("", "s", "ed", "ing")]
    pairs = [(word, word.replace("our", "or")) for word in ours]
    pairs += [(x + s, x[:-2] + "er" + s) for x in RE for s in ("", "s")]
    for x in RE_VERBS:
        pairs += [(x[:-1] + "ed", x[:-2] + "ered"), (x[:-1] + "ing", x[:-2] + "ering")]
    pairs += [(f"{x}l{ending}", x + ending) for x in L_VERBS for ending in ("ed", "ing")]
    built = [line.split(":") for line in L_BUILT]
    pairs += [(x + s, x.replace("ll", "l") + s) for x, more in built for s in {"", more}]
    for line in PAIRS:
        stems, endings = line.split(":")
        british, american = stems.split("|")
        pairs += [(british + ending, american + ending) for ending in endings.split(",")]
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found
