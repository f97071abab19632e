"""One line as WeasyPrint asks for it: set, with room for what floats in it, and ended where the plan ends it.

Written for WeasyPrint 70, whose `split_inline_box` makes a line of a line box. It lays out what floats in the line
when it meets it, and only then is known how wide the line is; so such a line is made once more.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from bookmaker.composition.plan import Plan, plan_of


class Call(NamedTuple):
    """The arguments of `split_inline_box`."""

    context: Any
    box: Any
    position_x: float
    max_x: float
    bottom_space: float
    skip_stack: Any
    containing_block: Any
    absolute_boxes: list[Any]
    fixed_boxes: list[Any]
    line_placeholders: list[Any]
    waiting_floats: list[Any]
    line_children: list[Any]
    first_letter_style: Any
    first_line_style: Any


#: (line, skip stack, is the break a forced one, first letter, last letter, width of floats by side)
Result = tuple[Any, Any, bool, Any, Any, dict[str, float]]
Split = Callable[..., Result]


def begin_line(call: Call) -> "Line | None":
    """The line that is to be made, if there is a plan for it."""
    plan = plan_of(call.box, call.context, call.containing_block, call.first_line_style)
    start = plan.place_of(call.skip_stack) if plan is not None else None
    return Line(call, plan, start) if plan is not None and start is not None else None


class Line:
    """A line of the plan: its pieces are handed out when it is made, and `call` has WeasyPrint take them."""

    def __init__(self, call: Call, plan: Plan, start: int) -> None:
        self._asked = call
        self._plan = plan
        self._start = start
        lists = (call.absolute_boxes, call.fixed_boxes, call.line_placeholders, call.waiting_floats, call.line_children)
        self._lengths = [(each, len(each)) for each in (*lists, call.context.excluded_shapes)]
        self._broken = call.context.broken_out_of_flow.copy()
        self._hand_out(0.0)

    def _hand_out(self, floats: float) -> None:
        """Set the line, less what floats in it."""
        asked = self._asked
        width = asked.max_x - asked.position_x - floats
        line = self._plan.set_line(self._start, width, asked.containing_block.width, asked.box.text_indent)
        self._end = self._plan.cut_behind(line)
        self.call = asked if self._end is None else asked._replace(box=_up_to(asked.box, self._end))

    def finish(self, split: Split, result: Result) -> Result:
        """What came of `call`; made again if something floats in the line, as long as that leaves it less room."""
        room = 0.0
        while (floats := _floats_in(result)) > room:
            room = floats
            result = self._again(split, room)
        if floats < room:
            # The shorter line ends before one of them: let that wait for the next line.
            placed = sum(child.is_floated() for child in result[0].children)
            result = self._again(split, floats, placed)
            if _floats_in(result) != floats:
                result = self._again(split, room)
        if self._end is not None and result[1] is None:
            return (result[0], _behind(self._asked.box, self._end), *result[2:])
        return result

    def _again(self, split: Split, floats: float, placed: int | None = None) -> Result:
        """The line anew, all undone that the last call did; so many floats are `placed`, if that is a number."""
        for each, length in self._lengths:
            del each[length:]
        self._asked.context.broken_out_of_flow = self._broken.copy()
        self._hand_out(floats)
        if placed is None:
            return split(*self.call)
        queue = _Queue(placed)
        result = split(*self.call._replace(waiting_floats=queue))
        self._asked.waiting_floats.extend(queue)
        return result


def stand_beside_floats(call: Call, box: Any, left: float) -> None:
    """Move the words of a line, or of an inline box in it, out of the way of what floats on its left.

    WeasyPrint 70 moves only what stands before a float in a line, and what stands in several inline boxes once for
    each of them.
    """
    from weasyprint.formatting_structure import boxes

    if box.style["direction"] != "ltr":
        return
    if isinstance(box, boxes.LineBox):
        box.width = _place(box, call.position_x + left) - left - box.content_box_x()
    else:
        box.position_x = call.position_x + left
        box.width = _place(box, box.content_box_x()) - box.content_box_x()


class _Queue(list[Any]):
    """Floats that wait for the next line. WeasyPrint adds one if there are any; here the first few go before."""

    def __init__(self, placed: int) -> None:
        super().__init__()
        self._left = placed

    def __bool__(self) -> bool:
        self._left -= 1
        return self._left < 0


def _floats_in(result: Result) -> float:
    return sum(result[-1].values())


def _up_to(box: Any, path: tuple[int, ...]) -> Any:
    """A copy of an inline box that ends with the box at a path."""
    made = box.copy()
    made.children = [*box.children[: path[0]], box.children[path[0]]]
    if len(path) > 1:
        made.children[-1] = _up_to(box.children[path[0]], path[1:])
        if _behind(box.children[path[0]], path[1:]) is not None:
            made.children[-1].style = _unclosed(made.children[-1].style)
    return made


def _unclosed(style: Any) -> Any:
    """The style of an inline box that goes on in the next line: here it takes no room for what closes it."""
    from weasyprint.css.properties import Dimension

    if style["box_decoration_break"] == "clone":
        return style
    style = style.copy()
    style["margin_right"] = style["padding_right"] = Dimension(0, "px")
    style["border_right_width"] = 0
    return style


def _behind(box: Any, path: tuple[int, ...]) -> dict[int, Any] | None:
    """WeasyPrint's skip stack for what follows the box at a path; `None` if it is the last."""
    if len(path) > 1:
        inner = _behind(box.children[path[0]], path[1:])
        if inner is not None:
            return {path[0]: inner}
    return {path[0] + 1: None} if path[0] + 1 < len(box.children) else None


def _place(box: Any, x: float) -> float:
    """Set the children of an inline box side by side from here on; where the last ends."""
    from weasyprint.formatting_structure import boxes

    for child in box.children:
        if not child.is_in_normal_flow():
            continue
        if isinstance(child, boxes.InlineBox):
            child.position_x = x
            child.width = _place(child, child.content_box_x()) - child.content_box_x()
        else:
            child.translate(dx=x - child.position_x)
        x += child.margin_width()
    return x
