package dev.flowmail.verification.bench;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import java.net.URI;
import java.util.UUID;

/**
 * What Flow sends to Flowmail in the bench, made beforehand so that making it costs nothing.
 *
 * @param who the header that says for whom
 * @param decision a body with room for an id, as all of them
 * @param held a decision that is held for a second before Flow is told
 * @param proven a decision that needs a fresh code
 * @param plain a mail without a decision
 */
record RequestTexts(String who, String decision, String held, String proven, String plain) {
    private static final String ID = "BENCH-ID";
    private static final String STATE = "BENCH-STATE";
    private static final String OTHER_TENANT = "0b6f7a35-92a4-4b1f-9d31-5c5a8f0e7d21";

    /** With the ports of the mail server and of Flow's engine. */
    static RequestTexts of(int smtpPort, int enginePort) {
        FlowEngine engine = new FlowEngine(URI.create("http://127.0.0.1:" + enginePort), smtpPort);
        return new RequestTexts(
                engine.begin(question(engine)).who().header(),
                engine.begin(question(engine)).request(),
                engine.begin(question(engine).text("Hold", "1 second")).request(),
                engine.begin(question(engine).text("Proof", "all")).request(),
                engine.begin(request(engine, Action.EMAIL)).request());
    }

    private static ServiceRequest question(FlowEngine engine) {
        return request(engine, Action.DECISION).outcomes("Approve", "Reject");
    }

    private static ServiceRequest request(FlowEngine engine, Action action) {
        return engine.request(action)
                .from("flow@bench.example", "Purchasing")
                .to(ID + "@bench.example")
                .subject("Purchase order 4711 needs your decision")
                .body("Please look at purchase order 4711: 20 chairs and 5 desks for the new office in Lisbon, from the"
                        + " supplier that we used last year, to be delivered by the end of the month. The budget holder"
                        + " has seen it. Tell us whether to go on.")
                .html("<p>Please look at <b>purchase order 4711</b>: 20 chairs and 5 desks for the new office in"
                        + " Lisbon, from the supplier that we used last year, to be delivered by the end of the"
                        + " month.</p><p>The budget holder has seen it. Tell us whether to go on.</p>")
                .member("token", ID)
                .member("stateId", STATE);
    }

    /** The same, sent by another tenant. */
    RequestTexts ofAnotherTenant() {
        return new RequestTexts(
                who.replace(FlowEngine.TENANT, OTHER_TENANT),
                decision.replace(FlowEngine.TENANT, OTHER_TENANT),
                held.replace(FlowEngine.TENANT, OTHER_TENANT),
                proven.replace(FlowEngine.TENANT, OTHER_TENANT),
                plain.replace(FlowEngine.TENANT, OTHER_TENANT));
    }

    /** One of the bodies, as the request of that id in a state of its own. */
    static String body(String template, String id) {
        return template.replace(ID, id).replace(STATE, UUID.randomUUID().toString());
    }
}
