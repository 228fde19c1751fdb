"""Rules about the origin: made by AI by its own word, and Content Credentials."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mapy.explain.copies import blocks_of
from mapy.explain.facts import said, shown, tag_names
from mapy.explain.finding import Subject, Weight
from mapy.explain.rule import Rule, Sight
from mapy.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mapy.explain.facts import Facts

_SOURCE_NAMES = tag_names(r"DigitalSourceType|DigitalSourceFileType|.*DigitalSourceType\w*")
_MEANINGS = {
    "trainedAlgorithmicMedia": Text("made by a generative AI"),
    "compositeWithTrainedAlgorithmicMedia": Text("a picture with parts made by a generative AI"),
    "algorithmicMedia": Text("made by a program, not by training"),
    "compositeSynthetic": Text("put together, with synthetic parts"),
    "algorithmicallyEnhanced": Text("improved by a program"),
    "dataDrivenMedia": Text("drawn from data"),
    "digitalArt": Text("drawn by a person"),
    "digitalCreation": Text("made by a person with a program"),
    "virtualRecording": Text("a recording of a virtual scene"),
    "composite": Text("put together from several"),
    "compositeCapture": Text("put together from several photographs"),
    "computationalCapture": Text("several exposures joined by the camera"),
    "digitalCapture": Text("taken by a camera"),
    "humanEdits": Text("edited by a person"),
    "minorHumanEdits": Text("slightly edited by a person"),
    "negativeFilm": Text("scanned from a negative"),
    "positiveFilm": Text("scanned from a slide"),
    "print": Text("scanned from a print"),
    "screenCapture": Text("a picture of a screen"),
    "softwareImage": Text("made by a program"),
}
"""IPTC's vocabulary of digital source types."""
_BY_AI = frozenset(
    {
        *("trainedAlgorithmicMedia", "compositeWithTrainedAlgorithmicMedia"),
        *("compositeSynthetic", "algorithmicMedia"),
    }
)


def _declared(facts: Facts) -> Iterator[Sight]:
    for tag in facts.matching(_SOURCE_NAMES):
        terms = [term.rstrip("/").rpartition("/")[2] for term in said(tag).split(", ")]
        known = [term for term in terms if term in _MEANINGS]
        if known:
            term = next((term for term in known if term in _BY_AI), known[0])
            yield Sight(
                Weight.HIGH if term in _BY_AI else Weight.NOTE,
                Text(
                    "By its own word the picture is {meaning} ({term}, in {blocks}).",
                    {"meaning": _MEANINGS[term], "term": term, "blocks": blocks_of([tag])},
                ),
                [tag],
            )
            return


_PROMPTS = tag_names(
    r"Parameters|Prompt|Workflow|Dream|Sd-metadata|Invokeai_?(metadata|graph|workflow)"
    r"|Generation_?[Dd]ata|NegativePrompt|Fooocus_?scheme|AIPrompt(Information|WriterName)"
    r"|Sui_image_params|Model_?hash"
)
_A1111 = re.compile(r"\bSteps: \d{1,4}, .{0,60}?\b(Sampler|CFG scale|Seed|Schedule type): ")
_JSON_PROMPT = re.compile(r'"(class_type|sampler_name|uncond|sd-metadata|sui_image_params)"\s*:')
_TEXT_NAMES = frozenset({"UserComment", "Comment", "Description", "ImageDescription", "XPComment"})
_IN_PROMPT_GROUPS = ("PNG", "ExifIFD", "IFD0", "XMP", "File")


def _prompt(facts: Facts) -> Iterator[Sight]:
    tags = [
        tag
        for tag in facts.matching(_PROMPTS)
        if tag.group.startswith(_IN_PROMPT_GROUPS) and len(said(tag)) > _SHORTEST_PROMPT
    ]
    for tag, text in facts.texts:
        if tag.definition.name in _TEXT_NAMES and (
            _A1111.search(text) or _JSON_PROMPT.search(text)
        ):
            tags.append(tag)
    if tags:
        yield Sight(
            Weight.HIGH,
            Text(
                "The words or the recipe that a picture generator was given are in the file:"
                " “{value}”, in {blocks}.",
                {"value": shown(said(tags[0])), "blocks": blocks_of(tags)},
            ),
            tags,
        )


_SHORTEST_PROMPT = 3
_GENERATORS = re.compile(
    r"\b(DALL[·-]?E|Midjourney|Stable ?Diffusion|Adobe Firefly|NovelAI|InvokeAI|ComfyUI|DreamStudio"
    r"|Automatic1111|Fooocus|Leonardo\.?ai|Ideogram|Bing Image Creator|Microsoft Designer"
    r"|Made with Google AI|OpenAI|ChatGPT|GPT-4o|FLUX\.1|Black Forest Labs"
    r"|Playground AI|NightCafe|Craiyon|Recraft|SwarmUI|DiffusionBee|Draw Things|Meta AI)\b"
)
_TOOLS = re.compile(r"\b(Gemini|Grok|Imagen|Firefly|Sora|Aurora)\b")
"""Generators whose names are also those of people and things: they count as software only."""
_SOFTWARE = tag_names(
    r"Software|CreatorTool|Creatortool|Claim_generator|Claim_Generator_InfoName"
    r"|ActionsSoftwareAgent(Name)?|HistorySoftwareAgent|AISystem(Used|VersionUsed)"
)
_MAKERS = tag_names(r"Credit|Source|Artist|Creator|Author|Title|Make|Model")


def _generator(facts: Facts) -> Iterator[Sight]:
    software = [(tag, True) for tag in facts.matching(_SOFTWARE)]
    makers = [(tag, False) for tag in facts.matching(_MAKERS)]
    for tag, is_software in (*software, *makers):
        text = said(tag)[:1000]
        found = _GENERATORS.search(text) or (_TOOLS.search(text) if is_software else None)
        if found:
            yield Sight(
                Weight.HIGH,
                Text(
                    "A picture generator is named: {name}, in {blocks}.",
                    {"name": shown(found[0]), "blocks": blocks_of([tag])},
                ),
                [tag],
            )
            return


_LABELS = tag_names("JUMDLabel")
_GENERATOR_NAMES = tag_names("Claim_generator|Claim_Generator_InfoName")
_SIGNERS = tag_names("SignatureSubject")


def _credentials(facts: Facts) -> Iterator[Sight]:
    labels = [tag for tag in facts.matching(_LABELS) if said(tag).startswith(("c2pa", "cai"))]
    if not labels:
        return
    generators = facts.matching(_GENERATOR_NAMES)
    by = shown(said(generators[-1])) if generators else ""
    is_signed = any(said(tag).startswith(("c2pa.signature", "cai.signature")) for tag in labels)
    manifests = sum(said(tag).startswith(("c2pa.claim", "cai.claim")) for tag in labels)
    signers = facts.matching(_SIGNERS)
    signer = _named(said(signers[-1])) if signers else ""  # the active manifest is the last one
    yield Sight(
        Weight.NOTE,
        _say(by, manifests, signer if is_signed else None),
        [*generators, *labels, *signers],
    )


_NAME = re.compile(r"(?:^|, )(?:O|CN)=(.+?)(?=, [A-Z\d.]+=|$)")
"""Organisation and common name in a distinguished name: `C=JP, O=Lamp, CN=Safe`."""


def _named(subject: str) -> str:
    """The organisation and the name of a signer; all that is told where there is neither."""
    return shown(", ".join(dict.fromkeys(_NAME.findall(subject))) or subject)


def _say(by: str, count: int, signer: str | None) -> Text:
    """Who claims; if it is signed, in whose name, as far as this can be read."""
    if not by:
        return Text("The file carries pieces of Content Credentials (C2PA) that claim nothing.")
    values: dict[str, object] = {"by": by, "count": count}
    if signer is None:
        return Text(
            "The file carries Content Credentials (C2PA) by {by}, without a signature."
            " Parts: {count}.",
            values,
        )
    if signer:
        return Text(
            "The file carries Content Credentials (C2PA) by {by}: a history with a signature in the"
            " name of {signer}, which was not checked here. Parts: {count}.",
            {**values, "signer": signer},
        )
    return Text(
        "The file carries Content Credentials (C2PA) by {by}: a history with a signature, which was"
        " not checked here. Parts: {count}.",
        values,
    )


RULES = (
    Rule(
        "origin.source-type",
        Subject.ORIGIN,
        (Weight.HIGH, Weight.NOTE),
        "IPTC's digital source type, in metadata or Content Credentials; AI weighs most.",
        Text("It is the maker's own statement. Anyone can write it, and anyone can leave it out."),
        _declared,
        names=(_SOURCE_NAMES,),
    ),
    Rule(
        "origin.prompt",
        Subject.ORIGIN,
        (Weight.HIGH,),
        "Prompts and settings of AUTOMATIC1111, ComfyUI, InvokeAI, NovelAI, Fooocus and others.",
        Text("It shows that the picture was generated, from which words and with which model."),
        _prompt,
    ),
    Rule(
        "origin.generator",
        Subject.ORIGIN,
        (Weight.HIGH,),
        "The name of a picture generator among the software.",
        Text("By its own word the picture was generated or changed by AI."),
        _generator,
        names=(_SOFTWARE, _MAKERS),
    ),
    Rule(
        "origin.credentials",
        Subject.ORIGIN,
        (Weight.NOTE,),
        "Content Credentials: who made the claim, and whether a signature is there.",
        Text("It can prove where a picture comes from, and it can name who made it."),
        _credentials,
        names=(_LABELS,),
    ),
)
