package dev.inkan.server.http.web.view;

import java.util.List;
import java.util.Optional;

/** One screen with everything it shows. Immutable. */
public sealed interface View
    permits MenuView,
        IssueLoginView,
        CodeView,
        ChangePasswordView,
        ChoosePasswordView,
        ConfirmView,
        ProgressView,
        ResultView,
        ClosedView,
        ImportHelpView,
        LoginView,
        HomeView,
        PasswordChangedView,
        RenewalView,
        RegisterView,
        RegisterDetailsView,
        RegisterCodeView,
        RegisterDoneView,
        RefusalView,
        ErrorView,
        MailListView,
        MailView,
        UserListView,
        NewUserView,
        UserView,
        HandOverView,
        UserAddressView,
        AddressCodeView,
        InitialisePasswordView,
        RemoveUserView {

  /** What the screen shares with every other. */
  Page page();

  /** The heading, and the first words of the browser tab. */
  String title();

  /** The template's file name. */
  String template();

  /** Where in the issue flow the visitor is; empty outside it. */
  default Optional<Step> step() {
    return Optional.empty();
  }

  /** Whether the screen needs more room than a text: a table. */
  default boolean isWide() {
    return false;
  }

  /** What has to be put right before the form is taken; empty the first time it is shown. */
  default List<Problem> problems() {
    return List.of();
  }

  /** The text of the browser tab: the problem first, then the screen, the step and the service. */
  default String tabTitle() {
    String problem = problems().isEmpty() ? "" : "エラー：";
    String where = step().map(step -> "（" + step.position() + "）").orElse("");
    return problem + title() + where + "｜" + page().site().serviceName();
  }
}
