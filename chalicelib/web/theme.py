"""The force's colours as a style sheet: one build of the components serves every programme."""

from chalicelib.jurisdictions import Jurisdiction

STYLE = """:root {{
  --reg-header: {header};
  --reg-header-text: {header_text};
  --reg-accent: {accent};
  --reg-button: {button};
  --reg-button-hover: {button_hover};
  --reg-button-shadow: {button_shadow};
  --govuk-brand-colour: {header};
  --govuk-link-colour: {link};
  --govuk-link-hover-colour: {link_hover};
  --govuk-link-visited-colour: {link};
  --govuk-link-active-colour: {link_hover};
}}
"""


def style_of(jurisdiction: Jurisdiction) -> str:
    """Return the variables the style sheets ask for; yellow focus and red errors stay fixed."""
    theme = jurisdiction.theme
    names = ("header", "header_text", "accent", "button", "button_hover", "button_shadow")
    colours = {name: getattr(theme, name) for name in (*names, "link", "link_hover")}
    return STYLE.format(**colours)
