package dev.inkan.server.http.web;

import dev.inkan.server.http.web.view.ChangePasswordView;
import dev.inkan.server.http.web.view.ChoosePasswordView;
import dev.inkan.server.http.web.view.ClosedView;
import dev.inkan.server.http.web.view.CodeView;
import dev.inkan.server.http.web.view.CodeView.Resend;
import dev.inkan.server.http.web.view.ConfirmView;
import dev.inkan.server.http.web.view.ErrorView;
import dev.inkan.server.http.web.view.Failure;
import dev.inkan.server.http.web.view.HomeView;
import dev.inkan.server.http.web.view.HomeView.State;
import dev.inkan.server.http.web.view.ImportHelpView;
import dev.inkan.server.http.web.view.IssueLoginView;
import dev.inkan.server.http.web.view.IssueRefusals;
import dev.inkan.server.http.web.view.LoginRefusals;
import dev.inkan.server.http.web.view.LoginView;
import dev.inkan.server.http.web.view.MailListView;
import dev.inkan.server.http.web.view.MailView;
import dev.inkan.server.http.web.view.MenuView;
import dev.inkan.server.http.web.view.Page;
import dev.inkan.server.http.web.view.PasswordChangedView;
import dev.inkan.server.http.web.view.PresentedCertificate;
import dev.inkan.server.http.web.view.Problem;
import dev.inkan.server.http.web.view.ProgressView;
import dev.inkan.server.http.web.view.Refusal;
import dev.inkan.server.http.web.view.RefusalView;
import dev.inkan.server.http.web.view.RegisterCodeView;
import dev.inkan.server.http.web.view.RegisterDetailsView;
import dev.inkan.server.http.web.view.RegisterDetailsView.Typed;
import dev.inkan.server.http.web.view.RegisterDoneView;
import dev.inkan.server.http.web.view.RegisterProblems;
import dev.inkan.server.http.web.view.RegisterRefusals;
import dev.inkan.server.http.web.view.RegisterView;
import dev.inkan.server.http.web.view.RenewalRefusals;
import dev.inkan.server.http.web.view.RenewalView;
import dev.inkan.server.http.web.view.ResultView;
import dev.inkan.server.http.web.view.Site;
import dev.inkan.server.http.web.view.Site.Helpdesk;
import dev.inkan.server.http.web.view.Step;
import dev.inkan.server.http.web.view.View;
import dev.inkan.server.http.web.view.WayBack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A sample of every screen in every state, by file name. */
final class SamplePages {

  private static final Helpdesk HELPDESK =
      new Helpdesk(
          "みほん労働金庫 ヘルプデスク", "0120-000-000", "9:00～18:00（休日を除く月曜日～金曜日）", "1月1日～1月3日、12月31日");
  private static final Site SITE = new Site("みほん労働金庫", "賃金控除事務支援システム", HELPDESK);
  private static final String CSRF = "3f9c0b1d5a7e42c6";
  private static final String USER = "yamada01";
  private static final String LAST_DAY = "2027年11月22日";

  private final Map<String, View> views = new LinkedHashMap<>();

  private SamplePages() {
    menu();
    issue();
    code();
    choosePassword();
    issuing();
    login();
    register();
    rest();
    refusals();
    registerRefusals();
    failures();
    views.putAll(UserSamplePages.all());
  }

  static Map<String, View> all() {
    return new SamplePages().views;
  }

  static Page page(PresentedCertificate presented) {
    return new Page(SITE, presented, CSRF);
  }

  static Page page() {
    return page(PresentedCertificate.none());
  }

  private void menu() {
    views.put("menu", new MenuView(page()));
    views.put("menu-valid", new MenuView(page(PresentedCertificate.valid(USER, LAST_DAY))));
    views.put("menu-expired", new MenuView(page(PresentedCertificate.expired(USER, LAST_DAY))));
    views.put("menu-revoked", new MenuView(page(PresentedCertificate.revoked(USER))));
    views.put("menu-foreign", new MenuView(page(PresentedCertificate.foreign())));
  }

  private void issue() {
    views.put("issue", new IssueLoginView(page(), "", List.of()));
    views.put(
        "issue-missing",
        new IssueLoginView(
            page(), "", List.of(Problem.userIdMissing(), Problem.passwordMissing())));
    views.put(
        "issue-malformed",
        new IssueLoginView(
            page(), "ｙａｍａｄａ", List.of(Problem.userIdMalformed(), Problem.passwordMalformed())));
    views.put("issue-wrong", new IssueLoginView(page(), USER, List.of(Problem.wrongCredentials())));
    views.put(
        "issue-too-many", new IssueLoginView(page(), USER, List.of(Problem.tooManyAttempts())));
    views.put("issue-busy", new IssueLoginView(page(), USER, List.of(Problem.busy())));
  }

  private void code() {
    views.put("code", codeView("", Resend.waitUntil("14時06分")));
    views.put("code-resend-open", codeView("", Resend.open()));
    views.put("code-resent", codeView("", Resend.justSent("14時07分")));
    views.put("code-exhausted", codeView("", Resend.exhausted(), Problem.resendExhausted()));
    views.put("code-missing", codeView("", Resend.open(), Problem.codeMissing()));
    views.put("code-malformed", codeView("12345", Resend.open(), Problem.codeMalformed()));
    views.put("code-wrong", codeView("123456", Resend.open(), Problem.codeWrong(4)));
    views.put(
        "code-too-soon", codeView("", Resend.waitUntil("14時06分"), Problem.resendTooSoon("14時06分")));
  }

  private static View codeView(String code, Resend resend, Problem... problems) {
    return new CodeView(page(), code, "y***@example.jp", "14時35分", resend, List.of(problems));
  }

  private void choosePassword() {
    views.put("choose-password", new ChoosePasswordView(page(), USER, List.of()));
    views.put("choose-password-missing", choosePassword(Problem.newPasswordMissing()));
    views.put("choose-password-malformed", choosePassword(Problem.newPasswordMalformed()));
    views.put("choose-password-once", choosePassword(Problem.passwordConfirmMissing()));
    views.put("choose-password-differs", choosePassword(Problem.passwordConfirmDiffers()));
    views.put("choose-password-unchanged", choosePassword(Problem.passwordUnchanged()));
    views.put("choose-password-busy", choosePassword(Problem.busy()));
  }

  private static View choosePassword(Problem problem) {
    return new ChoosePasswordView(page(), USER, List.of(problem));
  }

  private void issuing() {
    views.put("confirm", new ConfirmView(page(), USER, "千葉県教職員組合", LAST_DAY));
    views.put("progress", new ProgressView(page()));
    views.put(
        "result", new ResultView(page(), USER, LAST_DAY, "yamada0120261122143500.p12", "14時50分"));
    views.put("closed", new ClosedView(page()));
    views.put("help-import", new ImportHelpView(page()));
  }

  private void login() {
    views.put("login", new LoginView(page(), "", List.of()));
    views.put(
        "login-valid",
        new LoginView(
            page(PresentedCertificate.valid(USER, LAST_DAY)),
            USER,
            List.of(Problem.wrongCredentials())));
    views.put(
        "login-expired",
        new LoginView(page(PresentedCertificate.expired(USER, LAST_DAY)), "", List.of()));
  }

  private void register() {
    Typed typed = new Typed(USER, "山田 花子", "yamada@example.jp");
    views.put("register", new RegisterView(page(), "", List.of()));
    views.put(
        "register-missing",
        new RegisterView(
            page(),
            "",
            List.of(RegisterProblems.loginIdMissing(), RegisterProblems.initialPasswordMissing())));
    views.put(
        "register-malformed",
        new RegisterView(
            page(),
            "yamada01",
            List.of(
                RegisterProblems.loginIdMalformed(), RegisterProblems.initialPasswordMalformed())));
    views.put(
        "register-wrong",
        new RegisterView(page(), "AB87654321", List.of(RegisterProblems.wrongInvitation())));
    views.put("register-details", registerDetails(Typed.NOTHING));
    views.put(
        "register-details-missing",
        registerDetails(
            Typed.NOTHING,
            Problem.userIdMissing(),
            Problem.passwordMissing(),
            RegisterProblems.nameMissing(),
            RegisterProblems.emailMissing()));
    views.put(
        "register-details-malformed",
        registerDetails(
            new Typed("ｙａｍａｄａ", "山".repeat(70), "yamada@"),
            Problem.userIdMalformed(),
            Problem.passwordMalformed(),
            RegisterProblems.nameMalformed(),
            RegisterProblems.emailMalformed()));
    views.put("register-details-confirm", registerDetails(typed, Problem.passwordConfirmMissing()));
    views.put("register-details-differs", registerDetails(typed, Problem.passwordConfirmDiffers()));
    views.put("register-details-same", registerDetails(typed, RegisterProblems.samePassword()));
    views.put("register-details-taken", registerDetails(typed, RegisterProblems.userIdTaken()));
    views.put(
        "register-details-taken-meanwhile",
        registerDetails(typed, RegisterProblems.userIdTakenMeanwhile()));
    views.put("register-code", registerCode("", Resend.waitUntil("14時06分")));
    views.put("register-code-resend-open", registerCode("", Resend.open()));
    views.put("register-code-resent", registerCode("", Resend.justSent("14時07分")));
    views.put("register-code-wrong", registerCode("", Resend.open(), Problem.codeWrong(4)));
    views.put("register-done", new RegisterDoneView(page(), USER, "千葉県教職員組合", true));
    views.put("register-done-login", new RegisterDoneView(page(), USER, "千葉県教職員組合", false));
  }

  private static View registerDetails(Typed typed, Problem... problems) {
    return new RegisterDetailsView(page(), "千葉県教職員組合", typed, List.of(problems));
  }

  private static View registerCode(String code, Resend resend, Problem... problems) {
    return new RegisterCodeView(
        page(), code, "yamada@example.jp", "14時35分", resend, List.of(problems));
  }

  private void registerRefusals() {
    refusal("register-used", RegisterRefusals.used());
    refusal("register-used-meanwhile", RegisterRefusals.usedMeanwhile());
    refusal("register-expired", RegisterRefusals.expired());
    refusal("register-replaced", RegisterRefusals.replaced());
    refusal("register-closed", RegisterRefusals.organisationClosed());
    refusal("register-code-expired", RegisterRefusals.codeExpired());
    refusal("register-code-void", RegisterRefusals.codeVoid());
    refusal("register-codes-exhausted", RegisterRefusals.codesExhausted(5));
  }

  private void rest() {
    home();
    views.put("change-password", new ChangePasswordView(page(), USER, false, List.of()));
    views.put("change-password-initial", new ChangePasswordView(page(), USER, true, List.of()));
    views.put(
        "change-password-missing",
        new ChangePasswordView(
            page(),
            USER,
            false,
            List.of(Problem.currentPasswordMissing(), Problem.newPasswordMissing())));
    views.put(
        "change-password-malformed",
        new ChangePasswordView(
            page(),
            USER,
            false,
            List.of(Problem.currentPasswordMalformed(), Problem.newPasswordMalformed())));
    views.put(
        "change-password-wrong",
        new ChangePasswordView(page(), USER, false, List.of(Problem.currentPasswordWrong())));
    views.put(
        "change-password-initial-differs",
        new ChangePasswordView(page(), USER, true, List.of(Problem.passwordConfirmDiffers())));
    views.put("password-changed", new PasswordChangedView(page()));
    MailView.Mail mail =
        new MailView.Mail(
            2,
            "yamada@example.jp",
            "【みほん労働金庫】認証コードのお知らせ",
            "2026年11月22日 14時05分",
            "山田 太郎 様\n\n認証コード：012345\n\n14時35分まで有効です。だれにも教えないでください。\n");
    views.put("mails", new MailListView(page(), List.of(mail, mail)));
    views.put("mails-empty", new MailListView(page(), List.of()));
    views.put("mail", new MailView(page(), mail));
  }

  private void home() {
    HomeView.Held first = new HomeView.Held("2026年11月22日", LAST_DAY, 365, true);
    HomeView.Held ending = new HomeView.Held("2026年11月22日", LAST_DAY, 30, true);
    HomeView.Held newer = new HomeView.Held("2027年10月23日", "2028年10月22日", 365, false);
    views.put("home", home(365, State.LATER, List.of(first)));
    views.put("home-master", home(365, State.LATER, List.of(first), true));
    views.put("home-renewal", home(30, State.OPEN, List.of(ending)));
    views.put("home-renewed", home(30, State.DONE, List.of(ending, newer)));
    views.put("home-under-way", home(30, State.UNDER_WAY, List.of(ending)));
    views.put("renew", new RenewalView(page(), USER, LAST_DAY, List.of()));
    views.put(
        "renew-wrong", new RenewalView(page(), USER, LAST_DAY, List.of(Problem.wrongPassword())));
    views.put(
        "renew-missing",
        new RenewalView(page(), USER, LAST_DAY, List.of(Problem.passwordMissing())));
    refusal("renew-too-early", RenewalRefusals.tooEarly(LAST_DAY, "2027年10月23日"));
    refusal("renew-done", RenewalRefusals.done("2028年10月22日", "2028年9月22日"));
    refusal("renew-under-way", RenewalRefusals.underWay());
  }

  private static HomeView home(int daysLeft, State state, List<HomeView.Held> certificates) {
    return home(daysLeft, state, certificates, false);
  }

  private static HomeView home(
      int daysLeft, State state, List<HomeView.Held> certificates, boolean master) {
    boolean done = state == State.DONE;
    return new HomeView(
        page(),
        USER,
        "千葉県教職員組合",
        daysLeft,
        certificates,
        new HomeView.Renewal(
            state, done ? "2028年9月22日" : "2027年10月23日", done ? "2028年10月22日" : "", "/home/renew"),
        done ? HomeView.MailLanguage.ENGLISH : HomeView.MailLanguage.JAPANESE,
        master);
  }

  private void refusals() {
    refusal("too-early", IssueRefusals.tooEarly(LAST_DAY, "2027年10月23日"));
    refusal("locked", IssueRefusals.locked(Step.USER_AUTHENTICATION, "15時35分"));
    refusal("blocked", IssueRefusals.blocked(Step.USER_AUTHENTICATION));
    refusal(
        "initial-over",
        IssueRefusals.initialPasswordOver(Step.USER_AUTHENTICATION, "2026年12月22日", false));
    refusal(
        "initial-over-master",
        IssueRefusals.initialPasswordOver(Step.CODE_ENTRY, "2026年12月22日", true));
    refusal("closed", IssueRefusals.organisationClosed(Step.USER_AUTHENTICATION));
    refusal("code-expired", IssueRefusals.codeExpired());
    refusal("code-void", IssueRefusals.codeVoid());
    refusal("code-locked", IssueRefusals.lockedByCodes("15時35分"));
    refusal("code-blocked", IssueRefusals.blockedByCodes());
    refusal("code-used", IssueRefusals.codeUsed());
    refusal("codes-exhausted", IssueRefusals.codesExhausted());
    refusal("in-progress", IssueRefusals.inProgress());
    refusal("issue-failed", IssueRefusals.issueFailed());
    refusal("file-gone", IssueRefusals.fileGone("14時50分"));
    refusal("login-none", LoginRefusals.noCertificate());
    refusal("login-expired", LoginRefusals.expired(LAST_DAY));
    refusal("login-revoked", LoginRefusals.revoked());
    refusal("login-foreign", LoginRefusals.foreign());
    refusal("login-somebody-elses", LoginRefusals.somebodyElses());
    refusal("login-locked", LoginRefusals.locked("15時35分"));
    refusal("login-initial-over", LoginRefusals.initialPasswordOver("2026年12月22日", false));
    refusal("login-initial-over-master", LoginRefusals.initialPasswordOver("2026年12月22日", true));
    refusal("login-blocked", LoginRefusals.blocked());
    refusal("login-closed", LoginRefusals.organisationClosed());
  }

  private void refusal(String name, Refusal refusal) {
    views.put("refusal-" + name, new RefusalView(page(), refusal));
  }

  private void failures() {
    for (Failure failure : Failure.values()) {
      String name = failure.name().toLowerCase(Locale.ROOT).replace('_', '-');
      views.put("error-" + name, new ErrorView(page(), failure, "7F3A-C21E", WayBack.MENU));
    }
  }
}
