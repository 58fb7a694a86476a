package io.towpath.activity.rule;

/** What is wrong with one piece of a rule's text; becomes a value of {@link RuleSet#errors()} before anyone sees it. */
final class Mistake extends Exception {

    private static final long serialVersionUID = 1L;

    Mistake(String message) {
        super(message);
    }
}
