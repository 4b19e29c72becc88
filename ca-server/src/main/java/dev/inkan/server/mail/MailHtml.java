package dev.inkan.server.mail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mail's text as simple HTML, for readers that prefer it: the same words, the code larger, the
 * helpdesk as a table. Made of the text alone, so that both always say the same. No images, no
 * links, nothing fetched, styles inline; tables and plain properties, since Outlook renders as Word
 * does.
 */
final class MailHtml {

  private static final String FONT =
      "font-family:'Yu Gothic UI',Meiryo,'Hiragino Sans',sans-serif;color:#222;";
  private static final String CELL = FONT + "font-size:16px;line-height:1.7;text-align:left;";
  private static final String SMALL = FONT + "font-size:14px;line-height:1.6;text-align:left;";
  private static final Pattern CODE = Pattern.compile("(.{1,40}?): ?([0-9]{6})");
  private static final Pattern PAIR = Pattern.compile("(.{1,20}?): ?(.+)");
  private static final Pattern RULE = Pattern.compile("-{20,}");

  private static final int MOSTLY = 10;

  private final StringBuilder html = new StringBuilder();

  private MailHtml() {}

  /** The page that says what {@code text} says. */
  static String of(MailText text) {
    return new MailHtml().page(text);
  }

  private String page(MailText text) {
    html.append("<!DOCTYPE html>\n<html lang=\"").append(language(text.body()));
    html.append("\">\n<head><meta charset=\"utf-8\"><title>").append(escaped(text.subject()));
    html.append("</title></head>\n<body style=\"margin:0;padding:16px;background-color:#fff;\">\n");
    html.append("<table width=\"600\" cellpadding=\"0\" cellspacing=\"0\" border=\"0\"");
    html.append(" role=\"presentation\"><tr><td style=\"").append(CELL).append("\">\n");
    sections(text.body());
    html.append("</td></tr></table>\n</body>\n</html>\n");
    return html.toString();
  }

  /** The words, the helpdesk between two rules, and what is under the second. */
  private void sections(String body) {
    List<List<String>> sections = new ArrayList<>();
    sections.add(new ArrayList<>());
    for (String line : body.lines().toList()) {
      if (RULE.matcher(line).matches()) {
        sections.add(new ArrayList<>());
      } else {
        sections.get(sections.size() - 1).add(line);
      }
    }
    paragraphs(sections.get(0));
    for (List<String> section : sections.subList(1, sections.size())) {
      table(section);
    }
  }

  private void paragraphs(List<String> lines) {
    for (String paragraph : String.join("\n", lines).split("\n\n+", -1)) {
      html.append("<p style=\"margin:0 0 16px 0;\">");
      html.append(paragraph.lines().map(MailHtml::line).collect(Collectors.joining("<br>\n")));
      html.append("</p>\n");
    }
  }

  private static String line(String line) {
    Matcher code = CODE.matcher(line);
    if (!code.matches()) {
      return escaped(line);
    }
    return escaped(code.group(1))
        + "<br>\n<strong style=\"font-size:32px;line-height:1.5;letter-spacing:4px;\">"
        + code.group(2)
        + "</strong>";
  }

  private void table(List<String> lines) {
    html.append("<table width=\"600\" cellpadding=\"4\" cellspacing=\"0\" border=\"0\"");
    html.append(" style=\"border-top:1px solid #aaa;\">\n");
    for (String line : lines) {
      Matcher pair = PAIR.matcher(line);
      if (pair.matches()) {
        html.append("<tr><th width=\"140\" valign=\"top\" scope=\"row\" style=\"").append(SMALL);
        html.append("font-weight:normal;\">").append(escaped(pair.group(1)));
        html.append("</th><td valign=\"top\" style=\"").append(SMALL).append("\">");
        html.append(escaped(pair.group(2))).append("</td></tr>\n");
      } else {
        html.append("<tr><td colspan=\"2\" style=\"").append(SMALL).append("\">");
        html.append(escaped(line)).append("</td></tr>\n");
      }
    }
    html.append("</table>\n");
  }

  /** English mails hold Japanese names and buttons, yet are mostly English. */
  private static String language(String body) {
    long kana = body.chars().filter(it -> it >= 'ぁ' && it <= 'ん').count();
    return kana * MOSTLY > body.length() ? "ja" : "en";
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
