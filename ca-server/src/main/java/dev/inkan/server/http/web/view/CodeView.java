package dev.inkan.server.http.web.view;

import java.util.List;
import java.util.Optional;

/**
 * ⑤ 認証コード入力 (rows B12, B13).
 *
 * @param code what was typed
 * @param maskedAddress where the code went, such as t***@example.jp
 * @param validUntil by the clock, such as 14時35分
 * @param resend whether and when the code can be sent again
 */
public record CodeView(
    Page page,
    String code,
    String maskedAddress,
    String validUntil,
    Resend resend,
    List<Problem> problems)
    implements View {

  @Override
  public String title() {
    return "電子証明書発行 認証コード入力";
  }

  @Override
  public String template() {
    return "code.jte";
  }

  @Override
  public Optional<Step> step() {
    return Optional.of(Step.CODE_ENTRY);
  }

  /** Whether and when the code can be sent again. */
  public enum ResendState {
    OPEN,
    WAIT,
    JUST_SENT,
    EXHAUSTED
  }

  /**
   * Whether and when the code can be sent again.
   *
   * @param opens by the clock, such as 14時06分; empty unless the visitor has to wait
   */
  public record Resend(ResendState state, String opens) {

    /** The code can be sent again at once. */
    public static Resend open() {
      return new Resend(ResendState.OPEN, "");
    }

    /** The code went out a moment ago. */
    public static Resend waitUntil(String opens) {
      return new Resend(ResendState.WAIT, opens);
    }

    /** The visitor asked for it and it was sent again; the next time is from {@code opens} on. */
    public static Resend justSent(String opens) {
      return new Resend(ResendState.JUST_SENT, opens);
    }

    /** Today no more codes are sent. */
    public static Resend exhausted() {
      return new Resend(ResendState.EXHAUSTED, "");
    }
  }

  @Override
  public String toString() {
    return "CodeView[" + maskedAddress + "]";
  }
}
