package dev.flowmail.templates;

import org.jsoup.safety.Safelist;

/** What of a caller's HTML may stand in a mail: what shows something, and runs or loads nothing but pictures. */
final class AllowedHtml {

    private AllowedHtml() {}

    static Safelist safelist() {
        return new Safelist()
                .addTags(
                        "a",
                        "abbr",
                        "acronym",
                        "address",
                        "article",
                        "aside",
                        "b",
                        "bdi",
                        "bdo",
                        "big",
                        "blockquote",
                        "br")
                .addTags(
                        "caption",
                        "center",
                        "cite",
                        "code",
                        "col",
                        "colgroup",
                        "dd",
                        "del",
                        "dfn",
                        "div",
                        "dl",
                        "dt",
                        "em")
                .addTags(
                        "figcaption",
                        "figure",
                        "font",
                        "footer",
                        "h1",
                        "h2",
                        "h3",
                        "h4",
                        "h5",
                        "h6",
                        "header",
                        "hr",
                        "i")
                .addTags("img", "ins", "kbd", "li", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section")
                .addTags(
                        "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
                        "thead")
                .addTags("time", "tr", "tt", "u", "ul", "var", "wbr")
                .addAttributes(":all", "class", "id", "style", "title", "lang", "dir", "align", "valign", "bgcolor")
                .addAttributes(":all", "width", "height", "aria-label", "aria-hidden")
                .addAttributes("table", "role")
                .addAttributes("a", "href", "name", "target")
                .addAttributes("img", "src", "alt", "border", "hspace", "vspace")
                .addAttributes("font", "color", "face", "size")
                .addAttributes("hr", "size", "color", "noshade")
                .addAttributes("ol", "start", "type", "reversed")
                .addAttributes("ul", "type")
                .addAttributes("li", "value", "type")
                .addAttributes(
                        "table", "background", "border", "cellpadding", "cellspacing", "frame", "rules", "summary")
                .addAttributes("td", "background", "colspan", "rowspan", "nowrap", "headers", "abbr")
                .addAttributes("th", "background", "colspan", "rowspan", "nowrap", "headers", "abbr", "scope")
                .addAttributes("col", "span")
                .addAttributes("colgroup", "span")
                .addAttributes("time", "datetime")
                .addProtocols("a", "href", "http", "https", "mailto", "tel", "sms", "#")
                .addProtocols("img", "src", "http", "https", "cid", "data")
                .addProtocols("table", "background", "http", "https", "cid")
                .addProtocols("td", "background", "http", "https", "cid")
                .addProtocols("th", "background", "http", "https", "cid");
    }
}
