"""How boards look whose cards are dragged."""

from typing import Final

from ui.theme import Palette

NARROW: Final = 92
"""Columns of at least this many pixels let nine stand side by side on a desk."""


def narrow_style(colors: Palette) -> str:
    """The same for boards with many columns: smaller type and edges, so that words are not broken."""
    return (
        style(colors, narrowest=NARROW)
        + """
    .sortable-component { gap: 5px !important; }
    .sortable-component.vertical .sortable-container { padding: 3px !important; }
    .sortable-container-header { font-size: 12.5px !important; }
    .sortable-item, .sortable-item:hover { font-size: 12.5px !important; margin: 3px !important; padding: 4px 5px !important; }
    """
    )


def style(colors: Palette, *, narrowest: int = 108) -> str:
    """The product's look. No width on a card: that would break dragging. `narrowest` is a column's least width on a desk."""
    return f"""
    .sortable-component {{ gap: 8px; }}
    .sortable-component.vertical .sortable-container {{
        background: {colors.track}; border-radius: 8px; flex: 1 1 150px; min-width: 150px; padding: 6px;
    }}
    @media (min-width: 920px) {{
        .sortable-component.vertical .sortable-container {{ flex-basis: {narrowest}px; min-width: {narrowest}px; }}
    }}
    .sortable-container-header {{ background: transparent; color: {colors.text}; font-size: 14px; font-weight: 600; padding: 2px 6px; }}
    .sortable-container-body {{ background: transparent; min-height: 56px; }}
    .sortable-item, .sortable-item:hover {{
        background: {colors.background}; border: 1px solid {colors.unknown}; border-left: 4px solid {colors.primary};
        border-radius: 6px; color: {colors.text}; font-size: 14px; line-height: 1.35; overflow-wrap: anywhere;
        padding: 6px 8px; text-align: left;
    }}
    .sortable-item:focus-visible {{ outline: 3px solid {colors.primary}; outline-offset: 1px; }}
    """
