package io.cpdevents.local.mailbox;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** The mailbox's pages for people. What a mail contains is text in them. */
final class MailboxHtml {

  private static final double BYTES_PER_KILOBYTE = 1_000;

  private MailboxHtml() {}

  /** The newest mails; the page's script adds those that arrive later. */
  static String list(List<Mail> newestFirst) {
    long lastId = newestFirst.isEmpty() ? 0 : newestFirst.getFirst().id();
    return page(
        "Mailbox",
        """
        <h1>Mailbox</h1>
        <p data-empty%s>No mail has arrived yet. New ones appear here by themselves.</p>
        <ol data-last-id="%d">
        %s
        </ol>
        <template>%s</template>
        """
            .formatted(
                newestFirst.isEmpty() ? "" : " hidden",
                lastId,
                newestFirst.stream().map(MailboxHtml::row).collect(Collectors.joining("\n")),
                row("", "", "", "")));
  }

  /** One mail, as a mail program shows it and as text. */
  static String mail(Mail mail) {
    return page(
        subject(mail),
        """
        <p><a href="/">All mails</a></p>
        <h1 dir="auto">%s</h1>
        <dl>
          <dt>From</dt><dd>%s</dd>
          <dt>To</dt><dd>%s</dd>
          <dt>Received</dt><dd>%s</dd>
        </dl>
        %s
        %s
        <h2>As text</h2>
        <pre dir="auto">%s</pre>
        """
            .formatted(
                escape(subject(mail)),
                escape(mail.from()),
                escape(mail.to()),
                time(mail.receivedAt().toString()),
                files(mail),
                mail.html() == null ? "" : frame(mail),
                linked(escape(Objects.requireNonNullElse(mail.text(), "")))));
  }

  /** A mail's own HTML, whose links open a tab of their own: pages refuse to be framed. */
  static String content(Mail mail) {
    String base = "<base target=\"_blank\">";
    String html = withPictures(mail, Objects.requireNonNullElse(mail.html(), ""));
    String opened = html.replaceFirst("(?i)<head[^>]*>", "$0" + base);
    return opened.equals(html) ? base + html : opened;
  }

  /** Mail programs find pictures in the mail itself, browsers at an address. */
  private static String withPictures(Mail mail, String html) {
    String shown = html;
    for (MailFile file : mail.allFiles()) {
      if (file.contentId() != null) {
        shown = shown.replace("cid:" + file.contentId(), Mail.address(mail.id(), file.name()));
      }
    }
    return shown;
  }

  private static String files(Mail mail) {
    if (mail.attachments().isEmpty()) {
      return "";
    }
    return mail.attachments().stream()
        .map(file ->
            "<li><a href=\"%s\">%s</a> <small>%s</small></li>"
                .formatted(
                    Mail.address(mail.id(), file.name()), escape(file.name()), size(file.size())))
        .collect(Collectors.joining("\n", "<h2>Files</h2>\n<ul>\n", "\n</ul>"));
  }

  private static String size(int bytes) {
    return String.format(Locale.ROOT, "%.1f KB", bytes / BYTES_PER_KILOBYTE);
  }

  private static String frame(Mail mail) {
    return """
    <iframe sandbox="allow-popups allow-popups-to-escape-sandbox" title="The mail" src="/messages/%d/html"></iframe>
    """
        .formatted(mail.id());
  }

  private static String row(Mail mail) {
    return row("/messages/" + mail.id(), subject(mail), mail.to(), mail.receivedAt().toString());
  }

  private static String row(String address, String subject, String to, String receivedAt) {
    return "<li><a href=\"%s\" dir=\"auto\">%s</a><span>%s</span>%s</li>"
        .formatted(address, escape(subject), escape(to), time(receivedAt));
  }

  private static String subject(Mail mail) {
    return mail.subject().isBlank() ? "(no subject)" : mail.subject();
  }

  /** The page's script writes it as the reader's clock shows it. */
  private static String time(String instant) {
    return "<time datetime=\"%1$s\">%1$s</time>".formatted(instant);
  }

  private static String page(String title, String content) {
    return """
    <!doctype html>
    <html lang="en">
    <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>%s</title>
      <link rel="icon" href="data:,">
      <link rel="stylesheet" href="/mailbox.css">
      <script src="/mailbox.js" defer></script>
    </head>
    <body>
      <header><b>Mailbox of the local platform</b> <a href="/api/messages">As JSON</a></header>
      <main>
    %s
      </main>
    </body>
    </html>
    """
        .formatted(escape(title), content);
  }

  private static String linked(String escaped) {
    return escaped.replaceAll("(https?://[^\\s<]+)", "<a href=\"$1\" rel=\"noreferrer\">$1</a>");
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
