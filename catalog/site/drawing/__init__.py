"""Charts and maps as SVG, drawn when the page is drawn: no script, no colour and no font of its own.

Written by hand, after Altair with vl-convert was tried: that is 84 MB and 3 s of start-up, paints a white ground and
fixed colours that no style sheet can turn dark, and fixes its letters to the drawing's width, so that they shrink on a
phone. These drawings are a few shapes with classes; the style sheet gives them colour and the reader's own type.
"""
