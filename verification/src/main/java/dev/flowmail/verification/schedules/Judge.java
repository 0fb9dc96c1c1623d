package dev.flowmail.verification.schedules;

import java.util.List;

/** Says what should not have become of a request: a small model of the rules, and what must be alike wherever one looks. */
final class Judge {

    private Judge() {}

    /** Returns sentences; none when all is well. */
    static List<String> judge(Facts facts) {
        Faults faults = new Faults();
        Ending ending = new Ending(facts);
        new WhatFlowHeard(facts, ending, faults).judge();
        new HowItEnded(facts, ending, faults).judge();
        new WhatPeopleSaw(facts, ending, faults).judge();
        return faults.all();
    }
}
