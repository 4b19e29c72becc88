package dev.inkan.server.http.web.view;

import java.util.List;

/**
 * メールアドレスの変更 (row C4): the code that the new address got.
 *
 * @param newMail where the code went
 * @param code what was typed
 * @param validUntil by the clock, such as 14時35分
 */
public record AddressCodeView(
    Page page,
    UserView.Person person,
    String newMail,
    String code,
    String validUntil,
    CodeView.Resend resend,
    List<Problem> problems)
    implements View {

  @Override
  public String title() {
    return "新しいメールアドレスの確認";
  }

  @Override
  public String template() {
    return "address-code.jte";
  }

  @Override
  public String toString() {
    return "AddressCodeView[" + person.userId() + "]";
  }
}
