package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * マスターユーザー初期登録: the code that proves the address (row C2).
 *
 * @param code what was typed
 * @param address where the code went, whole: whoever reads this typed it a moment ago and has to
 *     see a slip
 * @param validUntil by the clock, such as 14時35分
 * @param resend whether and when the code can be sent again
 */
public record RegisterCodeView(
    Page page,
    String code,
    String address,
    String validUntil,
    CodeView.Resend resend,
    List<Problem> problems)
    implements View {

  @Override
  public String title() {
    return "マスターユーザー初期登録 認証コード入力";
  }

  @Override
  public String template() {
    return "register-code.jte";
  }

  @Override
  public String toString() {
    return "RegisterCodeView[" + problems + "]";
  }
}
