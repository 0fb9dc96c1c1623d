package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a caller's HTML becomes in a decision mail: it keeps its look, stays in its part and swallows none of our links. */
class CallersPartTests {
    private static final String OUR_LINKS = "a[href*=/decide/]";

    private final DecisionMails mails = new DecisionMails(Brand.FLOWMAIL);

    @Test
    void theCallersHtmlKeepsItsLook() {
        Document document = html(Samples.mail(
                "en",
                null,
                "<html lang=fr><head><style>.x > b{color:red}</style></head><body bgcolor=#fff8e7 class=page"
                        + " style='font-family:Georgia'><table width=600 cellpadding=4><tr><td bgcolor=#eeeeee"
                        + " class=x><b>Hi</b> <a href='https://a.example/?b=c&amp;d'><img src='cid:logo' alt=Logo></a><img"
                        + " src='https://a.example/i.png'></table>"));
        Element root = document.expectFirst("div[lang=fr]");

        assertThat(document.select("style").get(0).data()).isEqualTo(".fm-body .x > b{color:red}\n");
        assertThat(root.attr("style")).isEqualTo("padding:8px;background-color:#fff8e7;font-family:Georgia");
        assertThat(root.classNames()).contains("page");
        assertThat(root.select("td.x[bgcolor=#eeeeee] > b").text()).isEqualTo("Hi");
        assertThat(root.select("table[width=600][cellpadding=4]")).hasSize(1);
        assertThat(root.select("a").attr("href")).isEqualTo("https://a.example/?b=c&d");
        assertThat(root.select("img").eachAttr("src")).containsExactly("cid:logo", "https://a.example/i.png");
    }

    @Test
    void aBodyThatKnowsNoDarkModeStaysOnWhite() {
        assertThat(html(Samples.mail("en", null, "<p>Hi")).select("div.fm-caller"))
                .hasSize(1);
        assertThat(html(Samples.mail(
                                "en", null, "<style>@media (prefers-color-scheme:dark){p{color:#fff}}</style><p>Hi"))
                        .select("div.fm-caller"))
                .isEmpty();
        assertThat(html(Samples.mail("en", null, "<meta name=color-scheme content='light dark'><p>Hi"))
                        .select("div.fm-caller"))
                .isEmpty();
    }

    @Test
    void whatIsTallerOrWiderThanItsPlaceStaysWithinIt() {
        assertThat(html(Samples.mail("en", null, "<p>Hi"))
                        .expectFirst(".fm-body")
                        .parents()
                        .eachAttr("style"))
                .contains("overflow:hidden");
    }

    @Test
    void whatWasMeantToBeReadAsItStandsIsKept() {
        assertThat(html(Samples.mail("en", null, "<textarea>a\n  &lt;b&gt;</textarea><xmp>a\n  <b></xmp>"))
                        .select("pre")
                        .eachText())
                .hasSize(2);
        assertThat(Samples.mail("en", null, "<p>Hi<textarea>one\n  two</textarea>")
                        .renderedBy(mails)
                        .html())
                .contains("one\n  two");
    }

    @Test
    void whatMayNotBeInAMailIsTakenOutOfTheCallersHtml() {
        RenderedMail mail = Samples.mail("en", null, """
            <base href="https://evil.example/"><meta http-equiv=refresh content="0;url=https://evil.example">
            <link rel=stylesheet href="https://evil.example/a.css"><script>alert(1)</script>
            <style>p{background:url(javascript:alert(1))}</style>
            <form action="https://evil.example"><p onclick="alert(1)" style="width:expression(alert(1))">kept</p>
            <input name=a value=b><select><option>c</select><button formaction="//evil.example">pressed</button></form>
            <a href="javascript:alert(1)">one</a> <a href=" JaVa\tScript:alert(1)">two</a> <a href="data:text/html,x">three</a>
            <iframe src="https://evil.example"></iframe><object data="x"></object><svg onload="alert(1)"><a xlink:href="x">s</a></svg>
            <img src="javascript:alert(1)" onerror="alert(1)">
            """).renderedBy(mails);

        assertThat(mail.html())
                .doesNotContain("evil.example", "alert(1)", "javascript:", "expression(", "onclick", "onerror");
        assertThat(document(mail)
                        .select("form, input, select, button, script, base, link, iframe, object, svg,"
                                + " meta[http-equiv]"))
                .isEmpty();
        assertThat(document(mail).text()).contains("kept", "pressed", "one two three");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "xmp",
                "plaintext",
                "textarea",
                "listing",
                "noembed",
                "noframes",
                "iframe",
                "title",
                "style",
                "noscript"
            })
    void markupThatHidesInAnElementOfTextDoesNotComeToLife(String element) {
        Document document = html(Samples.mail(
                "en", null, "<" + element + "><form action=x><script>alert(1)</script><img src=x onerror=y>"));

        assertThat(document.select("form, script, [onerror]")).isEmpty();
    }

    @Test
    void linksToOurOwnPagesAreTakenOutOfTheCallersBody() {
        String html = "<a href='https://mail.example.com/flowmail/decide/old'>Approve all</a><img"
                + " src='//MAIL.example.com/flowmail/%64ecide/old'><form method=post"
                + " action='https://mail.example.com/flowmail/decide/old'><button>Go</button></form><td"
                + " background='https://mail.example.com/flowmail/decide/old'><p"
                + " style='background:url(https://mail.example.com/flowmail/decide/old)'>https://mail.example.com/flowmail/decide/old"
                + " <a href='https://mail.example.com/help'>help</a>";

        RenderedMail mail = Samples.mail("en", null, html).renderedBy(mails);

        assertThat(mail.html()).doesNotContain("/old").contains("Approve all", "https://mail.example.com/help");
        assertThat(mail.text()).doesNotContain("/old").contains("Approve all");
        assertThat(document(mail).select(OUR_LINKS)).hasSize(3);
        assertThat(text(Samples.mail("en", "see https://mail.example.com/flowmail/decide/old", null)))
                .startsWith("see …\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>Hi <!-- never closed",
                "<!--[if mso]><table><tr><td style='display:none'><![endif]--><p>Hi",
                "<p>Hi<table><tr><td>",
                "<p>Hi<table><tr><td><table><caption>",
                "<p>Hi<style>p{color:red",
                "<head><style>p{}",
                "<p>Hi<title>x",
                "<p>Hi<textarea>x",
                "<p>Hi<plaintext>x",
                "<p>Hi<xmp>x",
                "<p>Hi<script>x",
                "<p>Hi<script><!--<script>",
                "<p>Hi<svg><style><a title='</style>",
                "<p>Hi<svg><foreignObject><table><td>",
                "<p>Hi<math><mtext><table><mglyph><style>",
                "<p>Hi<template><p>",
                "<p>Hi<noscript><p title='</noscript>",
                "<head><noscript><style>",
                "<p>Hi<iframe>",
                "<p>Hi<noembed>",
                "<frameset><frame>",
                "<p>Hi<select><option>",
                "<p>Hi<a href='https://a.example'>",
                "<p>Hi<a href='https://a.example'><table><td><a href='https://b.example'>",
                "<p>Hi<b><i><u><font size=7>",
                "<p>Hi<p title=\"never closed>",
                "<p>Hi<div style='display:none'>",
                "<body hidden style='display:none'>Hi",
                "<p>Hi</div></div></body></html></table>",
                "<p>Hi<![CDATA[",
                "<p>Hi<?php",
                "<p>Hi</",
                "<p>Hi&lt",
                "\u0000<p>Hi\u0000<b",
            })
    void brokenHtmlSwallowsNoLink(String html) {
        assertLinksStandFree(html);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<p>x<noscript><th>strayed",
                "<p>x<noscript><td>strayed</td></tr></table><table><tr><td>strayed",
                "<p>x<noscript><thead><tr><th>strayed",
                "<p>x<noscript></b><tr><td>strayed",
                "<p>x<noscript><tr><td>strayed</noscript><p>strayed",
            })
    void nothingOfTheCallersLeavesItsPart(String body) {
        // the preview that mail programs show has the words, too, as text
        Elements words = html(Samples.mail("en", null, body)).select(":containsOwn(strayed):not(bdi)");

        assertThat(words).isNotEmpty().allMatch(element -> element.closest(".fm-body") != null);
    }

    @Test
    void randomlyBrokenHtmlSwallowsNoLink() {
        String[] pieces = {
            "<table>",
            "<tr>",
            "<td>",
            "</td>",
            "</table>",
            "<a href=x>",
            "</a>",
            "<div>",
            "</div>",
            "<p>",
            "</p>",
            "<b>",
            "</b>",
            "<!--",
            "-->",
            "<style>",
            "</style>",
            "<svg>",
            "</svg>",
            "<math>",
            "<mtext>",
            "<template>",
            "</template>",
            "<select>",
            "<option>",
            "<noscript>",
            "</noscript>",
            "<title>",
            "</title>",
            "<textarea>",
            "</textarea>",
            "<form>",
            "</form>",
            "<nobr>",
            "<button>",
            "<li>",
            "<ul>",
            "<h1>",
            "</h1>",
            "<pre>",
            "<body>",
            "</body>",
            "</html>",
            "<head>",
            "<caption>",
            "<col>",
            "<frameset>",
            "<plaintext>",
            "<br>",
            "'",
            "\"",
            "<",
            ">",
            "text ",
            "&",
            "<script>",
            "</script>",
            "<xmp>",
            "<font>",
            "<dd>"
        };
        Random random = new Random(4711);
        for (int round = 0; round < 400; round++) {
            StringBuilder html = new StringBuilder();
            for (int piece = random.nextInt(25); piece >= 0; piece--) {
                html.append(pieces[random.nextInt(pieces.length)]);
            }
            assertLinksStandFree(html.toString());
        }
    }

    @Test
    void deeplyNestedHtmlIsNoProblem() {
        assertLinksStandFree("<div>".repeat(6_000) + "Hi");
        assertLinksStandFree("<b><i>".repeat(5_000) + "Hi");
    }

    @Test
    void aLargeBodyArrivesWhole() {
        String html = "<p>" + "0123456789 ".repeat(500_000) + "</p>";

        RenderedMail mail = Samples.mail("en", null, html).renderedBy(mails);

        assertThat(mail.html()).contains(html.strip().substring(0, 1000));
        assertThat(mail.html().length()).isGreaterThan(html.length());
        assertThat(mail.text().length()).isGreaterThan(html.length() - 10);
    }

    private void assertLinksStandFree(String html) {
        Document document = html(Samples.mail("en", null, html));

        assertThat(document.select(OUR_LINKS).eachText()).as(html).isEqualTo(Samples.OUTCOMES);
        for (Element link : document.select(OUR_LINKS)) {
            assertThat(link.parents().eachAttr("class"))
                    .as(html)
                    .startsWith("fm-button", "fm-text", "fm-card", "fm-ground");
            assertThat(link.parents().stream()
                            .filter(parent -> parent.normalName().equals("div")))
                    .as(html)
                    .allMatch(parent -> parent.attr("role").equals("main"))
                    .hasSize(1);
            assertThat(link.parents().stream().map(Element::normalName).distinct())
                    .as(html)
                    .containsExactlyInAnyOrder("td", "tr", "tbody", "table", "div", "body", "html");
            assertThat(link.parents().select("[hidden], [style*=display:none]:has(a)"))
                    .as(html)
                    .isEmpty();
        }
    }

    private String text(WholeMail mail) {
        return mail.renderedBy(mails).text();
    }

    private Document html(WholeMail mail) {
        return mail.documentBy(mails);
    }

    private static Document document(RenderedMail mail) {
        return Jsoup.parse(mail.html());
    }
}
