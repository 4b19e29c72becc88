package dev.inkan.server.http.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.inkan.server.http.web.view.Step;
import dev.inkan.server.http.web.view.View;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Renders every screen in every state into {@code target/pages}, where the web gates read it. */
class PagesTest {

  private static final Path FOLDER = Path.of("target", "pages");
  private static final Pattern FORM =
      Pattern.compile("<form\\b([^>]*)>(.*?)</form>", Pattern.DOTALL);
  private static final Pattern INPUT = Pattern.compile("<input\\b[^>]*>");

  private final Pages pages = new Pages();

  static Stream<Arguments> samples() {
    return SamplePages.all().entrySet().stream()
        .map(sample -> Arguments.of(sample.getKey(), sample.getValue()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  @DisplayName("every screen renders, for the gates to look at")
  void renders(String name, View view) throws IOException {
    Files.createDirectories(FOLDER);
    String html = pages.render(view);
    Files.writeString(FOLDER.resolve(name + ".html"), html);
    assertThat(html)
        .startsWith("<!DOCTYPE html>")
        .contains("<html lang=\"ja\">", "<meta charset=\"utf-8\">", "content=\"IE=edge\"");
  }

  @Test
  @DisplayName("no screen is without a sample")
  void everyView() {
    Set<Class<?>> sampled =
        SamplePages.all().values().stream().map(View::getClass).collect(Collectors.toSet());
    assertThat(sampled).containsExactlyInAnyOrder(View.class.getPermittedSubclasses());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  @DisplayName("one heading, the bank, the service and the helpdesk")
  @Tag("F1")
  void frame(String name, View view) {
    String html = pages.render(view);
    assertThat(all("<h1>", html)).hasSize(1);
    assertThat(all("class=\"seal\"", html)).hasSize(1);
    assertThat(html).contains("みほん労働金庫", "賃金控除事務支援システム", "0120-000-000", "9:00～18:00", "12月31日");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  @DisplayName("no inline style, no inline script, nothing from elsewhere: the CSP holds")
  @Tag("S4")
  void contentSecurityPolicy(String name, View view) {
    String html = pages.render(view);
    assertThat(html).doesNotContain("<style").doesNotContain(" style=").doesNotContain("<iframe");
    assertThat(all("\\son[a-z]+=", html)).isEmpty();
    assertThat(all("<script\\b.*?</script>", html))
        .containsExactly("<script src=\"/assets/inkan.js\" defer></script>");
    assertThat(all("(?:src|href|action)=\"(?![/#])[^\"]*\"", html)).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  @DisplayName("each form posts with its token, and asks the browser not to complete it")
  @Tag("F3")
  void forms(String name, View view) {
    for (MatchResult form : results(FORM, pages.render(view))) {
      assertThat(form.group(1)).contains("method=\"post\"", "action=\"/", "autocomplete=\"off\"");
      assertThat(form.group(2)).contains("name=\"csrf\" value=\"3f9c0b1d5a7e42c6\"");
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  @DisplayName("each field has a label, a hint, and is not remembered")
  @Tag("F3")
  void fields(String name, View view) {
    String html = pages.render(view);
    for (MatchResult input : results(INPUT, html)) {
      String tag = input.group();
      if (tag.contains("type=\"hidden\"") || tag.contains("type=\"checkbox\"")) {
        continue;
      }
      String id = all("(?<= id=\")[^\"]+", tag).get(0);
      assertThat(html).contains("<label for=\"" + id + "\">", "id=\"" + id + "-hint\"");
      assertThat(tag).containsPattern("autocomplete=\"(off|one-time-code)\"");
      assertThat(tag.contains("type=\"password\"") && tag.contains(" value=")).isFalse();
      assertThat(tag.contains("aria-invalid=\"true\""))
          .isEqualTo(html.contains("id=\"" + id + "-problem\""));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  @DisplayName("B: the nine steps, in the page and in the tab's title")
  void stepBar(String name, View view) {
    String html = pages.render(view);
    List<String> steps = all("<li class=\"step[ \"].*?</li>", html);
    if (view.step().isEmpty()) {
      assertThat(steps).isEmpty();
      return;
    }
    Step current = view.step().orElseThrow();
    assertThat(steps).hasSize(9);
    assertThat(all("aria-current=\"step\"", html)).hasSize(1);
    assertThat(steps.get(current.number() - 1)).contains("aria-current=\"step\"");
    assertThat(steps.stream().filter(step -> step.contains("（完了）"))).hasSize(current.number() - 1);
    assertThat(text(steps.get(3))).startsWith("④ユーザー認証");
    String position = "全9ステップ中" + current.number();
    assertThat(all("<title>.*?</title>", html).get(0)).contains(position);
    assertThat(all("<p class=\"steps-now\">.*?</p>", html).get(0))
        .contains(position, current.label());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  @DisplayName("S14: no text gets into a page as markup")
  void escaped(String name, View view) throws ReflectiveOperationException {
    View hostile = (View) new HostileCopy("\"'><script>alert(1)</script>").of(view);
    String html = pages.render(hostile);
    assertThat(html).contains("&lt;script").doesNotContain("<script>").doesNotContain("\"'>");
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("samples")
  @DisplayName("one primary button at most, and no record tells its secret")
  void quiet(String name, View view) {
    assertThat(all("button button-main", pages.render(view)).size()).isLessThanOrEqualTo(1);
    assertThat(view.toString()).doesNotContain("3f9c0b1d5a7e42c6").doesNotContain("012345");
  }

  static Stream<Arguments> words() {
    return Stream.of(
        Arguments.of("B2", "menu", List.of("ログイン", "マスターユーザーの初期登録", "一般ユーザーの初期登録", "電子証明書発行")),
        Arguments.of("B1", "menu-expired", List.of("有効期限が切れています", "2027年11月22日", "yamada01")),
        Arguments.of("B1", "menu-revoked", List.of("電子証明書は失効しています", "ヘルプデスク")),
        Arguments.of("B1", "menu-foreign", List.of("このサービスの電子証明書ではありません")),
        Arguments.of("B1", "menu-valid", List.of("yamada01", "2027年11月22日まで有効")),
        Arguments.of(
            "B3",
            "issue",
            List.of("電子証明書発行 ユーザー認証", "ユーザーID <必須>", "パスワード <必須>", "キャンセル", "ソフトウェアキーボード", "認証")),
        Arguments.of("B4", "issue", List.of("6～12桁", "英字と数字の両方", "大文字と小文字を区別します")),
        Arguments.of("B5", "issue", List.of("8～12桁", "英大文字・英小文字・数字・記号の4種すべて")),
        Arguments.of("B6", "issue", List.of("パスワード用ソフトウェアキーボード", "英小文字", "英大文字", "数字", "記号")),
        Arguments.of("B11", "refusal-too-early", List.of("2027年10月23日から", "紛失", "お取引店")),
        Arguments.of("B12", "code", List.of("認証コード <必須>", "半角数字6桁", "14時35分まで", "y***@example.jp")),
        Arguments.of("B12", "code-wrong", List.of("あと4回")),
        Arguments.of("B13", "code", List.of("メールが届かないとき", "登録されたメールアドレス", "書面", "初期登録", "14時06分")),
        Arguments.of("B14", "confirm", List.of("発行", "キャンセル", "千葉県教職員組合", "2027年11月22日まで")),
        Arguments.of("A12", "confirm", List.of("Windowsのログオンアカウントごと")),
        Arguments.of("B15", "progress", List.of("電子証明書発行中", "このままお待ちください")),
        Arguments.of(
            "B16",
            "result",
            List.of("電子証明書発行結果", "発行されました", "yamada0120261122143500.p12", "閉じないでください", "閉じる")),
        Arguments.of("B17", "result", List.of("14時50分まで", "失効のご依頼")),
        Arguments.of("B17", "refusal-file-gone", List.of("お取引店", "失効")),
        Arguments.of(
            "B18",
            "help-import",
            List.of("現在のユーザー(C)", "全ての拡張プロファイルを含める", "ログインパスワード", "自動的に証明書ストアを選択する", "［はい］")),
        Arguments.of(
            "C2",
            "register",
            List.of("マスターユーザー初期登録 ログイン", "ログインID <必須>", "初期パスワード <必須>", "ソフトウェアキーボード", "キャンセル")),
        Arguments.of(
            "C2",
            "register-details",
            List.of(
                "千葉県教職員組合",
                "ユーザーID <必須>",
                "新しいパスワード <必須>",
                "新しいパスワード（確認） <必須>",
                "氏名 <必須>",
                "メールアドレス <必須>",
                "認証コードを送信")),
        Arguments.of(
            "C2",
            "register-code",
            List.of("認証コード <必須>", "yamada@example.jp", "14時35分まで", "14時06分", "だれにも教えないでください")),
        Arguments.of("C2", "register-done", List.of("登録が完了しました", "yamada01", "電子証明書の発行へ進む")),
        Arguments.of("C3", "register-done-login", List.of("有効な電子証明書をお持ちの場合", "ログインへ進む")),
        Arguments.of("C2", "refusal-register-used", List.of("一度だけ使えます", "お取引店", "ヘルプデスク")),
        Arguments.of("C2", "refusal-register-expired", List.of("有効期限", "お取引店")),
        Arguments.of("C3", "refusal-register-replaced", List.of("新しい「ご利用開始のお知らせ」")),
        Arguments.of(
            "C5",
            "choose-password",
            List.of(
                "新しいパスワード <必須>",
                "新しいパスワード（確認） <必須>",
                "8～12桁",
                "ほかの方が設定した初期パスワード",
                "秘密キーのパスワード",
                "パスワード用ソフトウェアキーボード",
                "変更して次へ",
                "キャンセル")),
        Arguments.of(
            "C5",
            "change-password-initial",
            List.of("ほかの方が設定した初期パスワード", "新しいパスワード <必須>", "変更せずにログアウト")),
        Arguments.of(
            "C5",
            "change-password",
            List.of("現在のパスワード <必須>", "新しいパスワード（確認） <必須>", "以前のパスワードで開きます", "キャンセル")),
        Arguments.of("C5", "password-changed", List.of("次のログインから", "以前のパスワードで開きます")),
        Arguments.of("C5", "home", List.of("パスワードの変更")),
        Arguments.of("C5", "help-import", List.of("変更後の新しいパスワードを入力します", "発行したときのパスワード")),
        Arguments.of("C5", "choose-password-differs", List.of("新しいパスワードと一致していません")),
        Arguments.of("C5", "choose-password-unchanged", List.of("これまでのパスワードと同じです")),
        Arguments.of(
            "C5",
            "refusal-initial-over",
            List.of("初期パスワードの有効期限が切れました", "2026年12月22日", "マスターユーザーに、パスワードの初期化")),
        Arguments.of("C5", "refusal-initial-over-master", List.of("お取引店", "書面", "マスターユーザーの初期登録")),
        Arguments.of("C6", "refusal-login-none", List.of("電子証明書が選択されていません")),
        Arguments.of("C6", "refusal-login-somebody-elses", List.of("ユーザーIDのものではありません")),
        Arguments.of("C4", "home-master", List.of("一般ユーザーの管理")),
        Arguments.of(
            "C4",
            "users",
            List.of(
                "ユーザーID",
                "氏名",
                "状態",
                "電子証明書",
                "残り",
                "操作",
                "利用中",
                "ロック中",
                "15時35分まで",
                "閉塞",
                "初期パスワード",
                "初期パスワード期限切れ",
                "未発行",
                "更新できます",
                "期限切れ",
                "失効",
                "あと365日",
                "メール不達")),
        Arguments.of("C4", "users-empty", List.of("0名", "まだ登録されていません", "一般ユーザーを登録")),
        Arguments.of("C4", "users-none-found", List.of("「渡辺」で検索", "一致する一般ユーザーはいません", "すべて表示")),
        Arguments.of("C4", "users-thousand", List.of("1,000名中 51～100名", "2／20ページ", "次の50名", "最後")),
        Arguments.of(
            "C4",
            "user-new",
            List.of("ユーザーID <必須>", "氏名 <必須>", "メールアドレス <必須>", "初期パスワード <必須>", "登録", "30日間")),
        Arguments.of("C4", "user-new-taken", List.of("すでに使われています")),
        Arguments.of(
            "C4", "user", List.of("メールアドレスを変更", "パスワードを初期化", "ユーザーを削除", "あと365日", "届きませんでした")),
        Arguments.of("B10", "user-locked", List.of("ロックを解除", "15時35分まで")),
        Arguments.of("B10", "user-blocked", List.of("閉塞を解除")),
        Arguments.of("B10", "user-unlocked", List.of("ロック・閉塞を解除しました")),
        Arguments.of(
            "C4", "user-handover", List.of("Kb#012345wxY", "この一度だけ", "印刷", "［一般ユーザーの初期登録］", "まで")),
        Arguments.of("C4", "user-password", List.of("初期化", "すぐに使えなくなります", "一度だけ")),
        Arguments.of("C4", "user-remove", List.of("電子証明書は失効しません", "お取引店", "2027年11月22日まで有効")),
        Arguments.of("C4", "user-address-code", List.of("認証コード <必須>", "14時35分まで", "14時06分")),
        Arguments.of("C4", "refusal-not-master", List.of("マスターユーザーだけが使える画面です")),
        Arguments.of("C7", "home", List.of("あと 365 日", "2027年10月23日から", "ログアウト")),
        Arguments.of("C7", "home-renewal", List.of("あと 30 日", "電子証明書を更新")),
        Arguments.of(
            "A7",
            "home-renewed",
            List.of("2028年10月22日まで有効）を選択してログイン", "使用中", "未選択", "次の更新は2028年9月22日から")),
        Arguments.of(
            "A3", "renew", List.of("パスワード <必須>", "認証コードの入力はありません", "2027年11月22日まで有効", "残しておいて")),
        Arguments.of("B6", "renew", List.of("ソフトウェアキーボード", "パスワード用ソフトウェアキーボード")),
        Arguments.of("A3", "refusal-renew-too-early", List.of("更新は2027年10月23日から", "お取引店")),
        Arguments.of("A7", "refusal-renew-done", List.of("2028年10月22日まで有効", "新しい電子証明書を選択")));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("words")
  @DisplayName("the screens say the manual's words")
  void says(String row, String name, List<String> words) {
    assertThat(text(html(name))).contains(words);
  }

  @Test
  @DisplayName("B2: the last two tiles both lead to ④")
  void tiles() {
    assertThat(all("(?<=class=\"tile\" href=\")[^\"]+", html("menu")))
        .containsExactly("/login", "/register", "/issue", "/issue");
  }

  @Test
  @DisplayName("C7: no renewal button before renewal opens")
  void renewalButton() {
    assertThat(html("home-renewal")).contains("href=\"/home/renew\"");
    assertThat(List.of(html("home"), html("home-renewed"), html("home-under-way")))
        .allSatisfy(html -> assertThat(html).doesNotContain("/home/renew", "電子証明書を更新<"));
  }

  @Test
  @DisplayName("C4: the list says how it is sorted, to ears as to eyes, and what each row is of")
  void sortedList() {
    String html = html("users");
    assertThat(all("aria-sort=\"[a-z]+\"", html)).containsExactly("aria-sort=\"ascending\"");
    assertThat(all("<th scope=\"row\"><a href=\"/users/[a-z0-9]+\">", html)).hasSize(6);
    assertThat(all("class=\"state-shape\" aria-hidden=\"true\"", html)).hasSize(13);
    assertThat(html("home")).doesNotContain("href=\"/users\"");
    assertThat(html("user")).doesNotContain("/unlock");
  }

  @Test
  @DisplayName("F2, B15: without scripts ⑦ asks again by itself, with scripts it does not jump")
  void refresh() {
    assertThat(html("progress"))
        .contains("<noscript><meta http-equiv=\"refresh\" content=\"2\"></noscript>");
  }

  @Test
  @DisplayName("F2, B6: the keyboard stays hidden until the script offers it; it has every key")
  void keyboard() {
    String html = html("issue");
    assertThat(html)
        .contains("id=\"keyboard-opener\" hidden>")
        .contains("data-field=\"password\" hidden>");
    assertThat(all("data-key=\"", html)).hasSize(26 + 26 + 10 + 32);
    assertThat(html).doesNotContain("data-target");
    assertThat(all("(?<=data-target=\")[^\"]+", html("choose-password")))
        .containsExactly("password", "passwordConfirm");
    assertThat(all("(?<=data-target=\")[^\"]+", html("change-password")))
        .containsExactly("currentPassword", "password", "passwordConfirm");
  }

  @Test
  @DisplayName("S1: locked, blocked, unknown and wrong are not told apart on ④ and ログイン")
  void sameWords() {
    assertThat(text(html("issue-wrong"))).contains("ユーザーIDまたはパスワードを確認できませんでした");
    assertThat(text(html("login-valid"))).contains("ユーザーIDまたはパスワードを確認できませんでした");
  }

  private String html(String name) {
    return pages.render(Objects.requireNonNull(SamplePages.all().get(name), name));
  }

  private static String text(String html) {
    return html.replaceAll("<[^>]+>", "").replace("&lt;", "<").replace("&gt;", ">");
  }

  private static List<String> all(String pattern, String html) {
    return results(Pattern.compile(pattern, Pattern.DOTALL), html).stream()
        .map(MatchResult::group)
        .toList();
  }

  private static List<MatchResult> results(Pattern pattern, String html) {
    return pattern.matcher(html).results().toList();
  }
}
