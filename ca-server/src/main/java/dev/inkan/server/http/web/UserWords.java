package dev.inkan.server.http.web;

import dev.inkan.core.certificate.CertificateRecord;
import dev.inkan.core.certificate.RevocationReason;
import dev.inkan.core.policy.IssuancePolicy;
import dev.inkan.server.http.web.view.JapaneseDates;
import dev.inkan.server.http.web.view.Said;
import dev.inkan.server.http.web.view.StateWord;
import dev.inkan.server.http.web.view.StateWord.Mark;
import dev.inkan.server.http.web.view.UserView.CertificateLine;
import dev.inkan.server.http.web.view.UserView.MailLine;
import dev.inkan.server.http.web.view.UserView.Person;
import dev.inkan.server.registration.administration.UserDetails;
import dev.inkan.server.registration.mail.MailEntry;
import dev.inkan.server.registration.mail.MailState;
import dev.inkan.server.registration.user.AccountState;
import dev.inkan.server.registration.user.User;
import dev.inkan.server.registration.user.UserId;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;

/** Users, their certificates and mails in the words a master user reads. */
final class UserWords {

  private final IssuancePolicy policy;
  private final JapaneseDates dates;
  private final Clock clock;

  UserWords(IssuancePolicy policy, JapaneseDates dates, Clock clock) {
    this.policy = policy;
    this.dates = dates;
    this.clock = clock;
  }

  static String path(UserId userId) {
    return "/users/" + userId;
  }

  Person person(User user) {
    return new Person(
        user.userId().value(), path(user.userId()), user.name(), user.mail().value(), state(user));
  }

  StateWord state(User user) {
    Instant now = clock.instant();
    return switch (AccountState.of(user, now)) {
      case BLOCKED -> new StateWord(Mark.STOPPED, "閉塞", "解除が必要です");
      case LOCKED ->
          new StateWord(
              Mark.LOCKED,
              "ロック中",
              dates.clock(user.lock().lockedUntil().orElseThrow(), now) + "まで");
      case INITIAL_PASSWORD_OVER -> new StateWord(Mark.STOPPED, "初期パスワード期限切れ", "初期化が必要です");
      case INITIAL_PASSWORD -> new StateWord(Mark.WAITING, "初期パスワード", initialUntil(user) + "まで");
      case ACTIVE -> new StateWord(Mark.GOOD, "利用中", "");
    };
  }

  /** The last moment of the initial password, such as 2026年12月22日 14時05分; empty without one. */
  String initialUntil(User user) {
    return user.password().initialUntil().map(dates::dateTime).orElse("");
  }

  /** What the button says that lets the user in again; empty where there is no need. */
  String unlock(User user) {
    return switch (AccountState.of(user, clock.instant())) {
      case BLOCKED -> "閉塞を解除";
      case LOCKED -> "ロックを解除";
      case INITIAL_PASSWORD_OVER, INITIAL_PASSWORD, ACTIVE -> "";
    };
  }

  /** For a user who never had one. */
  static StateWord noCertificate() {
    return new StateWord(Mark.NONE, "未発行", "");
  }

  StateWord certificate(CertificateRecord entry) {
    Instant now = clock.instant();
    String lastDay = dates.date(entry.validity().notAfter()) + "まで";
    if (entry.revocation().isPresent()) {
      boolean held = entry.revocation().get().reason() == RevocationReason.CERTIFICATE_HOLD;
      return held
          ? new StateWord(Mark.LOCKED, "一時停止中", lastDay)
          : new StateWord(Mark.STOPPED, "失効", dates.date(entry.revocation().get().at()));
    } else if (!now.isBefore(entry.validity().end())) {
      return new StateWord(Mark.STOPPED, "期限切れ", dates.date(entry.validity().notAfter()));
    }
    boolean renewable = !now.isBefore(policy.renewalOpens(entry.validity()));
    return new StateWord(
        renewable ? Mark.WAITING : Mark.GOOD, renewable ? "更新できます" : "有効", lastDay);
  }

  /** Such as あと365日; empty unless the certificate is valid. */
  String daysLeft(CertificateRecord entry) {
    Instant now = clock.instant();
    if (!entry.isValidAt(now)) {
      return "";
    }
    LocalDate today = LocalDate.ofInstant(now, policy.zone());
    LocalDate lastDay = LocalDate.ofInstant(entry.validity().notAfter(), policy.zone());
    return "あと" + ChronoUnit.DAYS.between(today, lastDay) + "日";
  }

  /** The last day on which any certificate of the user is still valid; empty if none is. */
  String validUntil(UserDetails details) {
    Instant now = clock.instant();
    return details.certificates().stream()
        .filter(entry -> entry.isValidAt(now))
        .map(entry -> entry.validity().notAfter())
        .max(Comparator.naturalOrder())
        .map(dates::date)
        .orElse("");
  }

  CertificateLine certificateLine(CertificateRecord entry) {
    String validity =
        dates.date(entry.validity().notBefore())
            + "から"
            + dates.date(entry.validity().notAfter())
            + "まで";
    return new CertificateLine(certificate(entry), validity, daysLeft(entry));
  }

  MailLine mailLine(MailEntry mail) {
    return new MailLine(dates.dateTime(mail.createdAt()), topic(mail.kind()), fate(mail.state()));
  }

  private static StateWord fate(MailState state) {
    return switch (state) {
      case QUEUED -> new StateWord(Mark.WAITING, "送信待ち", "");
      case SENT -> new StateWord(Mark.GOOD, "送信済み", "");
      case REFUSED -> new StateWord(Mark.STOPPED, "届きませんでした", "メールアドレスをお確かめください");
      case DROPPED -> new StateWord(Mark.NONE, "送信取りやめ", "");
    };
  }

  /** The words of the mails' own subjects. */
  static String topic(String kind) {
    return switch (kind) {
      case "code" -> "認証コードのお知らせ";
      case "register-code" -> "初期登録の認証コードのお知らせ";
      case "address-code" -> "メールアドレス変更の認証コードのお知らせ";
      case "registered" -> "ユーザー登録完了のお知らせ";
      case "address-changed" -> "登録メールアドレス変更のお知らせ";
      case "initialised" -> "パスワード初期化のお知らせ";
      case "password-changed" -> "パスワード変更のお知らせ";
      case "removed" -> "ユーザー登録削除のお知らせ";
      case "issued" -> "電子証明書発行のお知らせ";
      case "revoked" -> "電子証明書失効のお知らせ";
      case "held" -> "電子証明書一時停止のお知らせ";
      case "released" -> "電子証明書の一時停止解除のお知らせ";
      case "expiring" -> "電子証明書有効期限のお知らせ";
      case "expired" -> "電子証明書有効期限切れのお知らせ";
      case "locked" -> "ユーザーロックのお知らせ";
      case "blocked" -> "ユーザー閉塞のお知らせ";
      case "unlocked" -> "ユーザーロック・閉塞解除のお知らせ";
      default -> "お知らせ";
    };
  }

  static Said said(Flash.Message message) {
    String userId = message.userId();
    return switch (message.deed()) {
      case CREATED -> Said.created(userId);
      case INITIALISED -> Said.initialised(userId);
      case UNLOCKED -> Said.unlocked(userId);
      case NOT_LOCKED -> Said.notLocked(userId);
      case REMOVED -> Said.removed(userId);
      case ADDRESS_CHANGED -> Said.addressChanged(userId);
    };
  }
}
