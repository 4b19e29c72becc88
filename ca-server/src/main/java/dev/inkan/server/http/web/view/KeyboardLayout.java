package dev.inkan.server.http.web.view;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The keys of パスワード用ソフトウェアキーボード (row B6): every character a password may hold. */
public final class KeyboardLayout {

  private static final Map<String, String> NAMES =
      Map.ofEntries(
          Map.entry("!", "感嘆符"),
          Map.entry("\"", "二重引用符"),
          Map.entry("#", "シャープ"),
          Map.entry("$", "ドル"),
          Map.entry("%", "パーセント"),
          Map.entry("&", "アンド"),
          Map.entry("'", "引用符"),
          Map.entry("(", "丸かっこ開き"),
          Map.entry(")", "丸かっこ閉じ"),
          Map.entry("*", "アスタリスク"),
          Map.entry("+", "プラス"),
          Map.entry(",", "コンマ"),
          Map.entry("-", "ハイフン"),
          Map.entry(".", "ピリオド"),
          Map.entry("/", "スラッシュ"),
          Map.entry(":", "コロン"),
          Map.entry(";", "セミコロン"),
          Map.entry("<", "小なり"),
          Map.entry("=", "イコール"),
          Map.entry(">", "大なり"),
          Map.entry("?", "疑問符"),
          Map.entry("@", "アットマーク"),
          Map.entry("[", "角かっこ開き"),
          Map.entry("\\", "円記号（バックスラッシュ）"),
          Map.entry("]", "角かっこ閉じ"),
          Map.entry("^", "ハット"),
          Map.entry("_", "アンダーバー"),
          Map.entry("`", "バッククォート"),
          Map.entry("{", "波かっこ開き"),
          Map.entry("|", "縦線"),
          Map.entry("}", "波かっこ閉じ"),
          Map.entry("~", "チルダ"));

  private static final List<Group> GROUPS =
      List.of(
          new Group("lower", "英小文字", range('a', 'z')),
          new Group("upper", "英大文字", range('A', 'Z')),
          new Group("digits", "数字", range('0', '9')),
          new Group("symbols", "記号", NAMES.keySet().stream().sorted().toList()));

  /** パスワード alone. */
  public static final List<Field> PASSWORD = List.of(new Field("password", "パスワード"));

  /** 初期パスワード alone (row C2). */
  public static final List<Field> INITIAL_PASSWORD =
      List.of(new Field("initialPassword", "初期パスワード"));

  /** A new password, typed twice (row C5). */
  public static final List<Field> NEW_PASSWORD =
      List.of(new Field("password", "新しいパスワード"), new Field("passwordConfirm", "新しいパスワード（確認）"));

  /** The same after the password so far. */
  public static final List<Field> CHANGED_PASSWORD =
      List.of(
          new Field("currentPassword", "現在のパスワード"),
          new Field("password", "新しいパスワード"),
          new Field("passwordConfirm", "新しいパスワード（確認）"));

  private KeyboardLayout() {}

  /** The groups in the order they are shown. */
  public static List<Group> groups() {
    return GROUPS;
  }

  /** What a screen reader says for {@code key}. */
  public static String nameOf(String key) {
    String letter = Character.isUpperCase(key.charAt(0)) ? "大文字 " + key : key;
    return NAMES.getOrDefault(key, letter);
  }

  private static List<String> range(char first, char last) {
    return IntStream.rangeClosed(first, last).mapToObj(Character::toString).toList();
  }

  /**
   * A field that the keyboard types into.
   *
   * @param id the input's
   */
  public record Field(String id, String label) {}

  /** Keys that belong together. */
  public record Group(String id, String label, List<String> keys) {}
}
