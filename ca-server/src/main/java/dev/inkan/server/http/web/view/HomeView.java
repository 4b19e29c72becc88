package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * The page behind the log-in (row C7).
 *
 * @param daysLeft days from today to the last one of the certificate in use; 0 on the last day
 * @param certificates all that are valid; two after a renewal (row A7)
 * @param mails in which language mails come
 * @param master whether the user looks after general users
 */
public record HomeView(
    Page page,
    String userId,
    String organisation,
    int daysLeft,
    List<Held> certificates,
    Renewal renewal,
    MailLanguage mails,
    boolean master)
    implements View {

  /**
   * A valid certificate of the user.
   *
   * @param issued the day of issue, such as 2026年11月22日
   * @param validUntil the last day
   * @param inUse whether the browser showed this one
   */
  public record Held(String issued, String validUntil, int daysLeft, boolean inUse) {}

  /**
   * Whether the certificate can be renewed.
   *
   * @param state what is offered
   * @param opens the first day of the next renewal; empty if that has come
   * @param newest the last day of the certificate that renews the one in use; empty if none does
   * @param path where the button leads
   */
  public record Renewal(State state, String opens, String newest, String path) {}

  /** What is offered. */
  public enum State {
    /** Renewal opens later. */
    LATER,
    /** It is open. */
    OPEN,
    /** A newer certificate is there to be used. */
    DONE,
    /** A certificate is being made at this moment. */
    UNDER_WAY
  }

  /** 日本語 or English: the one in use, and the one to change to. */
  public enum MailLanguage {
    JAPANESE("日本語", "ja"),
    ENGLISH("英語（English）", "en");

    private final String label;
    private final String code;

    MailLanguage(String label, String code) {
      this.label = label;
      this.code = code;
    }

    public String label() {
      return label;
    }

    public String code() {
      return code;
    }

    public MailLanguage other() {
      return this == JAPANESE ? ENGLISH : JAPANESE;
    }
  }

  public HomeView {
    certificates = List.copyOf(certificates);
  }

  /** The certificate that the browser showed. */
  public Held inUse() {
    return certificates.stream().filter(Held::inUse).findFirst().orElseThrow();
  }

  @Override
  public String title() {
    return "ご利用中の電子証明書";
  }

  @Override
  public String template() {
    return "home.jte";
  }
}
