package dev.flowmail.verification.e2e;

import dev.flowmail.simulator.engine.ServiceRequest;
import java.util.List;

/** The same question as a caller would put it in several languages. */
enum Wording {
    ENGLISH(
            "EN",
            "Purchasing flow",
            "Purchase order 4711",
            "Ten chairs for 1,200 euros, delivered next week.\n\nMay we order them?",
            "Approve",
            "Reject"),
    GERMAN(
            "DE",
            "Einkauf",
            "Bestellung 4711: Bürodrehstühle mit Armlehnen",
            "Zehn Stühle für 1.200 Euro, Lieferung nächste Woche.\n\nDürfen wir bestellen?",
            "Genehmigen",
            "Ablehnen"),
    ARABIC(
            "AR",
            "قسم المشتريات",
            "أمر الشراء 4711 (ten chairs)",
            "عشرة كراسي بسعر 1200 يورو، والتسليم في الأسبوع القادم.\n\nهل نطلبها؟",
            "موافقة",
            "رفض"),
    JAPANESE("JA", "購買フロー", "注文書4711：椅子10脚", "椅子10脚、1,200ユーロ、来週納品予定です。\n\n発注してもよろしいですか。", "承認する", "却下する");

    final String language;
    final String from;
    final String subject;
    final String body;
    final String yes;
    final String no;

    Wording(String language, String from, String subject, String body, String yes, String no) {
        this.language = language;
        this.from = from;
        this.subject = subject;
        this.body = body;
        this.yes = yes;
        this.no = no;
    }

    /** The question, from Flow to these people. */
    ServiceRequest question(World world, String... recipients) {
        return world.question(recipients)
                .from("flow@example.com", from)
                .subject(subject)
                .body(body)
                .language(language)
                .member("outcomes", null)
                .outcomes(yes, no);
    }

    /** The value of {@code lang}. */
    String tag() {
        return language.toLowerCase(java.util.Locale.ROOT);
    }

    List<String> outcomes() {
        return List.of(yes, no);
    }
}
