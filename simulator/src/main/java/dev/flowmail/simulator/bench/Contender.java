package dev.flowmail.simulator.bench;

/** Who is measured. */
interface Contender {

    String name();

    /** Asks for a decision, and notes how long it took until that was accepted. */
    void ask(Trip trip);

    /** Answers as the recipient, without waiting for what comes of it. */
    void answer(Trip trip, String link);

    /** Hands over a plain mail, and notes how long it took until that was accepted. */
    void send(Trip trip);

    /** The process whose CPU and memory count. */
    ProcessHandle process();
}
