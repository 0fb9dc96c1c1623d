package dev.flowmail.api.metadata;

import dev.flowmail.activities.flow.DescribeResponse.Action;
import dev.flowmail.activities.flow.DescribeResponse.DescribeValue;
import dev.flowmail.activities.flow.DescribeResponse.TypeElement;
import dev.flowmail.activities.flow.DescribeResponse.TypeProperty;
import dev.flowmail.api.actions.ActionNames;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The connector's description. What the original does not have is optional. */
final class EmailConnector {
    private static final String STRING = "ContentString";
    private static final String PASSWORD = "ContentPassword";
    private static final String DATE_TIME = "ContentDateTime";
    private static final String HTML = "ContentContent";
    private static final String OBJECT = "ContentObject";
    private static final String LIST = "ContentList";
    private static final String CONTACT = "Contact";

    private static final List<DescribeValue> OPTIONAL_CONFIGURATION_VALUES = List.of(
            optional("Attachments: Box Enterprise ID", STRING),
            optional("Attachments: Source", STRING),
            optional("Attachments: S3 Access Key", STRING),
            optional("Attachments: S3 Secret Key", PASSWORD),
            optional("Attachments: S3 Bucket", STRING),
            optional("Attachments: S3 Region", STRING),
            optional("Attachments: S3 Endpoint", STRING),
            optional("OAuth2 Token URL", STRING),
            optional("OAuth2 Client ID", STRING),
            optional("OAuth2 Client Secret", PASSWORD),
            optional("OAuth2 Refresh Token", PASSWORD),
            optional("OAuth2 Scope", STRING));

    private static final List<DescribeValue> MAIL = List.of(
            optional("Attachments", LIST, "$File"),
            optional("Body", STRING),
            required("From", OBJECT, CONTACT),
            optional("HTML Body", HTML),
            optional("Reply To", STRING),
            optional("Subject", STRING),
            required("To", LIST, CONTACT));

    private static final Action EMAIL = Action.of(
            "actions/" + ActionNames.EMAIL,
            ActionNames.title(ActionNames.EMAIL),
            "Send an email with more advanced features (HTML, attachments, etc.)",
            sorted(MAIL, optional("To (CC)", LIST, CONTACT), optional("To (BCC)", LIST, CONTACT)),
            List.of());

    private static final Action EMAIL_SIMPLE = Action.of(
            "actions/" + ActionNames.SIMPLE,
            ActionNames.title(ActionNames.SIMPLE),
            "Send a basic email using simple inputs",
            sorted(List.of(
                    optional("Body", HTML),
                    optional("From", STRING),
                    optional("Subject", STRING),
                    required("To", STRING))),
            List.of());

    private static final Action EMAIL_CHOICES = Action.of(
            "actions/" + ActionNames.DECISION,
            ActionNames.title(ActionNames.DECISION),
            "Send an email with a decision request",
            sorted(
                    MAIL,
                    optional("Timeout", STRING),
                    optional("Timeout Outcome", STRING),
                    optional("Remind Every", STRING),
                    optional("Answers Needed", STRING),
                    optional("Veto Outcome", STRING),
                    optional("Comments", STRING),
                    optional("After Answer", STRING),
                    optional("Confirmation", STRING),
                    optional("Proof", STRING),
                    optional("Hold", STRING),
                    optional("Requester", STRING),
                    optional("Time Zone", STRING),
                    optional("Hidden Outcomes", STRING)),
            List.of(
                    required("Recipient", STRING),
                    optional("Outcome", STRING),
                    optional("Comment", STRING),
                    optional("Decided At", DATE_TIME),
                    optional("Receipt", STRING),
                    optional("Answers", LIST, "Answer")));

    static final List<Action> ACTIONS = List.of(EMAIL, EMAIL_SIMPLE, EMAIL_CHOICES);

    static final List<TypeElement> TYPES = List.of(
            TypeElement.of(
                    CONTACT,
                    "The Contact object structure",
                    List.of(TypeProperty.of("Email", STRING), TypeProperty.of("Name", STRING))),
            TypeElement.of(
                    "Answer",
                    "One recipient's answer to a decision request",
                    List.of(
                            TypeProperty.of("Recipient", STRING),
                            TypeProperty.of("Outcome", STRING),
                            TypeProperty.of("Comment", STRING),
                            TypeProperty.of("Answered At", DATE_TIME))));

    private EmailConnector() {}

    /** @param named whether requests must name a mail server: there is none of the operator's to use instead */
    static List<DescribeValue> configurationValues(boolean named) {
        return Stream.concat(
                        Stream.of(
                                DescribeValue.of("Host", STRING, named),
                                DescribeValue.of("Port", "ContentNumber", named),
                                optional("Username", STRING),
                                optional("Password", PASSWORD),
                                DescribeValue.of("Transport", STRING, named)),
                        OPTIONAL_CONFIGURATION_VALUES.stream())
                .toList();
    }

    private static DescribeValue required(String developerName, String contentType) {
        return DescribeValue.of(developerName, contentType, true);
    }

    private static DescribeValue required(String developerName, String contentType, String type) {
        return DescribeValue.of(developerName, contentType, type, true);
    }

    private static DescribeValue optional(String developerName, String contentType) {
        return DescribeValue.of(developerName, contentType, false);
    }

    private static DescribeValue optional(String developerName, String contentType, String type) {
        return DescribeValue.of(developerName, contentType, type, false);
    }

    private static List<DescribeValue> sorted(List<DescribeValue> inputs, DescribeValue... more) {
        return Stream.concat(inputs.stream(), Stream.of(more))
                .sorted(Comparator.comparing(DescribeValue::developerName))
                .toList();
    }
}
