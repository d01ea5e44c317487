"""Words that are said beside a note: what it means, why not, or one's own name."""

from sessions.domain.asks.ask import Ask
from sessions.domain.asks.essentials import AnswerEssential
from sessions.domain.asks.filing import DisputeNote, FileNote
from sessions.domain.asks.notes import MeanNote
from sessions.domain.asks.votes import FeelLine, HelpLine


def said_beside(ask: Ask) -> str:
    """Empty where there are none: a muted writer answers with a tap as everybody does, and is not read."""
    match ask:
        case MeanNote():
            return ask.text
        case FileNote():
            return ask.wish
        case DisputeNote():
            return ask.word
        case AnswerEssential():
            return ask.because or ""
        case FeelLine():
            return ask.why
        case HelpLine():
            return ask.name
    return ""
