"""One action for each topic; the desk knows from the intent which of its answers is meant."""

from __future__ import annotations

from actions.base import action

ExplainNotice = action("action_explain_notice")
TellBalance = action("action_tell_balance")
TellStatus = action("action_tell_status")
OfferPlans = action("action_offer_plans")
StartPlan = action("action_start_plan")
ExplainPaying = action("action_explain_paying")
ExplainHardship = action("action_explain_hardship")
ExplainPenaltyRelief = action("action_explain_penalty_relief")
ExplainHearing = action("action_explain_hearing")
ExplainLevy = action("action_explain_levy")
ExplainLien = action("action_explain_lien")
ExplainPassport = action("action_explain_passport")
ExplainAssignment = action("action_explain_assignment")
HandToPerson = action("action_hand_to_person")
TellWait = action("action_tell_wait")
AskIdentity = action("action_ask_identity")
AnswerPending = action("action_answer_pending")
SwitchLanguage = action("action_switch_language")
OptOut = action("action_opt_out")
KeepSafe = action("action_keep_safe")
Repeat = action("action_repeat")
ShowMenu = action("action_show_menu")
Yes = action("action_yes")
No = action("action_no")
Inform = action("action_inform")
OutOfScope = action("action_out_of_scope")
DidNotUnderstand = action("action_did_not_understand")
GeneralAnswer = action("action_general_answer")

TOPICS = [one for one in list(globals().values()) if isinstance(one, type)]
