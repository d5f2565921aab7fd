"""The text of every finding, in English; the layers above translate them. Placeholders are filled with raw values."""

from portfolio.engine.schema import gettext_noop as _

#: What the doors say (reading a sheet, a form, a pasted block).
AT_THE_DOOR: dict[str, str] = {
    # The file
    "missing_file": _("there is no such file"),
    "unreadable_file": _("the file cannot be read: %(reason)s"),
    "large_file": _("the file is too large; a workbook of at most %(megabytes)s MB was expected"),
    "unpacked_file": _(
        "the file unpacks to too much; a workbook of at most %(megabytes)s MB unpacked was expected"
    ),
    "protected_file": _("the file is protected by a password; save it without one"),
    "old_workbook": _("this is an old kind of workbook (.xls); save it as .xlsx"),
    "macros": _("the workbook holds macros; save it as .xlsx, without them"),
    "not_a_workbook": _("this is not an Excel workbook; a file of the kind .xlsx was expected"),
    "corrupt_file": _("the file is damaged and cannot be opened; save it again as .xlsx"),
    # Its sheets
    "missing_sheet": _("the sheet “%(sheet)s” is missing"),
    "duplicate_sheet": _("the sheet “%(value)s” means the same as “%(other)s”; only one was expected"),
    "unknown_sheet": _("the sheet “%(value)s” is not known and was not read"),
    "hr_sheet": _("the sheet “%(value)s” belongs in the HR workbook and was not read"),
    "too_many_rows": _("the sheet has more than %(most)s rows; the rest was not read"),
    "more_errors": _("and %(count)s more errors in this sheet"),
    "unknown_scenario": _("there is no scenario “%(value)s”; expected one of: %(known)s"),
    # Its columns
    "missing_column": _("the column “%(column)s” is missing; row 1 must name it"),
    "unknown_column": _("the column “%(value)s” is not known and was not read"),
    "headless_column": _("this column has no name in row 1 and was not read"),
    "duplicate_column": _("the column “%(value)s” stands here and in %(other)s; only one was expected"),
    "too_many_columns": _("the sheet has more than %(most)s columns"),
    # Its rows
    "duplicate_key": _("row %(row)s repeats “%(value)s” of row %(other)s; every row needs its own"),
    "row_exists": _("“%(value)s” stands in the table already; every row is there once"),
    "row_used": _("“%(item)s” cannot be deleted: it is still used in %(sheet)s"),
    "unknown_setting": _("“%(value)s” is not a known setting and was not read"),
    "missing_setting": _("the setting “%(setting)s” is missing"),
    "scenario_without_sheet": _("“%(value)s” is decided for, but the sheet “%(sheet)s” does not name it"),
    # Its cells
    "blank": _("the cell is blank; expected: %(meaning)s"),
    "excel_error": _("%(value)s is an error of the spreadsheet; a value was expected"),
    "formula_without_value": _(
        "this formula has no stored value; open the workbook in a spreadsheet, and save it"
    ),
    "formula_text": _("“%(value)s” begins like a formula; it is kept as text and never run"),
    "not_a_number": _("“%(value)s” is not a number"),
    "ambiguous_number": _("“%(value)s” could be %(whole)s or %(broken)s; type it as a number"),
    "date_for_number": _("%(value)s is a date; a number was expected"),
    "percentage": _("%(value)s is a percentage; a number without %% was expected"),
    "not_whole": _("%(value)s is not whole; a whole number was expected"),
    "negative": _("%(value)s is negative; 0 or more was expected"),
    "share_above_one": _(
        "%(value)s is more than 1; a share from 0 to 1 was expected, so 27 percent is 0.27 or 27%%"
    ),
    "not_above": _("%(value)s is too little; more than %(above)s was expected"),
    "out_of_range": _("%(value)s is out of range; %(low)s to %(high)s was expected"),
    "not_a_year": _("“%(value)s” is not a year; expected one like 2027"),
    "year_out_of_range": _("%(value)s is out of range; a year from %(low)s to %(high)s was expected"),
    "not_a_month": _("“%(value)s” is not a month; expected one like 2027-01"),
    "ambiguous_date": _("“%(value)s” could be either of two months; write the month like 2027-01"),
    "not_a_date": _("“%(value)s” is not a date; expected one like 2019-04-01"),
    "future_date": _("%(value)s lies in the future"),
    "not_after": _("%(value)s does not come after %(other)s"),
    "not_yes_no": _("“%(value)s” is neither yes nor no"),
    "unknown_choice": _("“%(value)s” is not one of: %(allowed)s"),
    "date_for_code": _(
        "%(value)s was made of a code by the spreadsheet; make the cell text, and type the code again"
    ),
    "truth_for_code": _(
        "%(value)s was made of a code by the spreadsheet; make the cell text, and type the code again"
    ),
    "comma_in_code": _("“%(value)s” holds a comma or semicolon, which separate services; leave it out"),
    "unprintable": _("“%(value)s” holds a character that cannot be printed"),
    "too_long": _("“%(value)s” has %(length)s characters; at most %(longest)s were expected"),
}

#: What checks on the whole center say.
ON_THE_CENTER: dict[str, str] = {
    "no_rows": _("sheet “%(sheet)s” has no rows; at least one is needed"),
    "unknown_code": _("“%(value)s” is not known; expected a code from: %(sheet)s"),
    "shares_sum": _("the shares of “%(item)s” sum to %(total)s; expected 1"),
    "table_sum": _("the shares of key “%(key)s” sum to %(total)s; they are scaled to 1"),
    "no_role_mix": _(
        "service “%(service)s” has FTE but no role mix, so its cost is unknown; add rows in role_mix"
    ),
    "item_twice": _("“%(item)s” is both an asset and a contract; shared_use cannot tell which is meant"),
    "item_without_service": _(
        "“%(item)s” belongs to no service; fill in its service, or its shares in shared_use"
    ),
    "decision_phase": _(
        "“%(decision)s” does not fit “%(service)s”, a service of phase “%(phase)s”; "
        "expected one of: %(allowed)s"
    ),
    "period_backwards": _("until %(until)s does not come after from %(start)s"),
    "decision_past": _(
        "the decision on “%(service)s” ends in %(until)s, before the horizon starts; it has no effect"
    ),
    "decision_after_horizon": _(
        "the decision on “%(service)s” starts in %(start)s, after the horizon; it has no effect"
    ),
    "offer_differs": _(
        "the offer for “%(service)s” states %(column)s twice: %(one)s and %(other)s; "
        "it stands once per service and decision"
    ),
    "offer_without_retained": _("the offer for “%(service)s” does not say which share of its FTE stays"),
    "price_without_driver": _("the offer for “%(service)s” has a price but no driver to count by"),
    "lock_not_in_steps": _("locked FTE %(locked)s is not a multiple of the step %(step)s"),
    "fte_not_taken": _(
        "“%(participant)s” does not take “%(service)s”; its requested or locked FTE has no effect"
    ),
    "line_outside_horizon": _("line “%(line)s” falls in %(year)s, outside the horizon; it has no effect"),
    "own_effort_empty": _("own effort of “%(participant)s” on “%(service)s” states neither FTE nor cost"),
    "code_is_key": _("participant code “%(code)s” is also the name of a key; choose another code"),
    "key_name_taken": _("“%(key)s” is the name of a built-in key or driver; choose another name"),
    "key_mixed": _("key “%(key)s” mixes participants with other keys; make it a table or a mix"),
    "still_used": _("a row that would be removed is still used by “%(value)s”"),
    "key_circle": _("keys refer to each other in a circle: %(circle)s"),
}

#: What checks on the HR workbook say. They name persons, and are for whoever holds that workbook alone.
ON_THE_STAFF: dict[str, str] = {
    "future_birth": _("%(value)s lies after the reference date %(reference)s"),
    "under_age": _("%(value)s makes this person younger than 15 on the reference date %(reference)s"),
    "fte_not_in_steps": _("%(value)s is not a multiple of the step %(step)s"),
    "person_or_role": _("a competence belongs to a person or to a role; exactly one of the two was expected"),
    "new_role_missing": _("the comparison “%(comparison)s” needs a new role"),
    "new_role_unwanted": _("a function that lapses has no new role; “%(value)s” has no effect"),
    "no_such_post": _("there is no post of “%(role)s” in “%(service)s”: its team does not have that role"),
    "no_such_post_anywhere": _("there is no post of “%(role)s”: no team has that role"),
    "lock_without_role": _("a lock needs a role, so that it names a post"),
    "lock_without_service": _("“%(role)s” is a role in several teams; a lock needs the service too"),
    "lock_circle": _("“%(person)s” is locked to %(posts)s, which cannot hold together"),
    "reflection_unknown": _(
        "“%(person)s” belongs to a group that is larger than its posts, but the date of birth or of employment is "
        "missing; who of “%(roles)s” keeps the ground was not determined"
    ),
}

#: What the computation itself finds.
IN_THE_PLAN: dict[str, str] = {
    "no_offer": _(
        "there is no offer for “%(service)s” (%(decision)s); its effect is unknown, it counts as kept"
    ),
    "unknown_volume": _("the number of %(driver)s of “%(participant)s” is unknown; it counts as 0"),
    "locks_above_team": _(
        "the locked FTE of “%(service)s” (%(locked)s) is more than its team of %(team)s in %(month)s"
    ),
    "locks_other_sum": _(
        "all cells of “%(service)s” are locked at %(locked)s together; its team is %(team)s in %(month)s"
    ),
    "slices_above_team": _(
        "the smallest slices of “%(service)s” together exceed its team of %(team)s from %(month)s; "
        "none is applied"
    ),
    "fte_tie": _(
        "participants with equal parts of “%(service)s” cannot all get the same FTE; "
        "the division was settled by code"
    ),
    "game_left_out": _(
        "%(year)s: with %(players)s participants (at most %(most)s) only keys are compared; who would be better off "
        "alone is not computed"
    ),
    "game_sampled": _(
        "%(year)s: with %(players)s participants (more than %(most)s) the fair shares are sampled and groups are "
        "searched for; a group that is not found is no proof that there is none"
    ),
    "euro_tie": _("a euro of %(year)s could go to either of %(participants)s; it was settled by code"),
    "too_few_persons": _(
        "“%(service)s” has %(team)s FTE from %(month)s, too few for the %(least)s persons "
        "who must cover for each other"
    ),
    "thin_slice": _(
        "“%(service)s” gives less than %(least)s FTE to %(participants)s; assumption: too thin to help"
    ),
    "too_many_participants": _(
        "“%(service)s” serves %(takers)s participants with %(persons)s persons from %(month)s; "
        "assumption: at most %(most)s per person"
    ),
    "roles_not_combined": _(
        "“%(service)s” needs the roles %(one)s and %(other)s, which one person may not combine, "
        "and has room for one person"
    ),
    "needs_ended": _("“%(needed)s” ends; from %(month)s these must do without it: %(service)s"),
    "needs_absent": _("“%(needed)s” does not run in %(month)s; these need it: %(service)s"),
    "needs_moved": _(
        "“%(needed)s” is outsourced from %(month)s; settle how these connect to it: %(service)s"
    ),
    "no_takers": _(
        "no one takes “%(service)s” although it runs; what it costs falls on whoever takes another service"
    ),
    "no_weights": _("no one has demand for “%(service)s” in %(month)s, so its cost is shared equally"),
}

TEXTS: dict[str, str] = {**AT_THE_DOOR, **ON_THE_CENTER, **ON_THE_STAFF, **IN_THE_PLAN}
