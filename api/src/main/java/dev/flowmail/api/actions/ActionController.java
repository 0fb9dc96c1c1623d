package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.activities.flow.ServiceResponse;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.api.config.OperatorsMail;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.templates.Brand;
import java.util.List;
import java.util.function.BiFunction;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Flow's message actions. What is wrong answers 400 and starts nothing. */
@RestController
@RequestMapping(path = ActionNames.PATH, consumes = MediaType.APPLICATION_JSON_VALUE)
final class ActionController {
    private final Admission admission;
    private final int mostRecipients;
    private final WebAddresses addresses;
    private final PlainSends plainSends;
    private final Decisions decisions;

    ActionController(
            Admission admission,
            Dispatcher dispatcher,
            AttachmentStore store,
            NetworkGuard guard,
            FlowHosts hosts,
            FlowmailProperties properties,
            Brand brand,
            OperatorsMail operators) {
        this.admission = admission;
        mostRecipients = properties.limits().recipients();
        addresses = new WebAddresses(guard, hosts, operators);
        plainSends = new PlainSends(dispatcher, store, addresses);
        decisions = new Decisions(
                dispatcher, store, addresses, new DecisionRequests(store, addresses, properties), brand::waitMessage);
    }

    @PostMapping("/" + ActionNames.SIMPLE)
    ServiceResponse sendSimple(@RequestBody ServiceRequest request, @RequestHeader HttpHeaders headers) {
        return send(ActionNames.SIMPLE, SimpleEmail::draft, request, headers);
    }

    @PostMapping("/" + ActionNames.EMAIL)
    ServiceResponse send(@RequestBody ServiceRequest request, @RequestHeader HttpHeaders headers) {
        return send(ActionNames.EMAIL, Email::draft, request, headers);
    }

    private ServiceResponse send(
            String action,
            BiFunction<ServiceRequest, WebAddresses, Draft> draft,
            ServiceRequest request,
            HttpHeaders headers) {
        FlowIds.check(request);
        admission.demand(() -> RequestId.ofSend(action, request));
        return plainSends.send(
                action,
                request,
                authorization(headers),
                draft.apply(request, addresses).withAtMost(mostRecipients));
    }

    @PostMapping("/" + ActionNames.DECISION)
    ServiceResponse ask(@RequestBody ServiceRequest request, @RequestHeader HttpHeaders headers) {
        FlowIds.check(request);
        admission.demand(() -> RequestId.ofDecision(ActionNames.DECISION, request));
        return decisions.ask(request, authorization(headers));
    }

    private static List<String> authorization(HttpHeaders headers) {
        return headers.getOrEmpty(HttpHeaders.AUTHORIZATION);
    }
}
