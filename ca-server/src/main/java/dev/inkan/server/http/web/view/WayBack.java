package dev.inkan.server.http.web.view;

/** Where a visitor who was stopped goes on. */
public enum WayBack {
  MENU("/", "ログイン画面（③）に戻る"),
  ISSUE("/issue", "ユーザー認証（④）からやり直す"),
  CODE("/issue/code", "認証コード入力（⑤）に戻る"),
  REGISTER("/register", "マスターユーザー初期登録ログインに戻る"),
  REGISTER_DETAILS("/register/details", "登録内容の入力に戻る"),
  LOGIN("/login", "ログインに戻る"),
  HOME("/home", "ご利用中の電子証明書に戻る"),
  USERS("/users", "一般ユーザーの管理に戻る");

  private final String path;
  private final String label;

  WayBack(String path, String label) {
    this.path = path;
    this.label = label;
  }

  public String path() {
    return path;
  }

  public String label() {
    return label;
  }
}
