package dev.flowmail.simulator.engine;

/** The connector's message actions. */
public enum Action {
    SIMPLE("actions/email-simple"),
    EMAIL("actions/email"),
    DECISION("actions/email-choices");

    private final String path;

    Action(String path) {
        this.path = path;
    }

    /** Where the action is, below the connector's address. */
    public String path() {
        return path;
    }
}
