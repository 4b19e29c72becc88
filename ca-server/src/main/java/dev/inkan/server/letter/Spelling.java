package dev.inkan.server.letter;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How a character of a login ID or password is told over the phone: 大文字 and エイ. */
record Spelling(char character, String kind, String reading) {

  private static final int GROUP = 4;

  private static final List<String> LETTERS =
      List.of(
          "エイ", "ビー", "シー", "ディー", "イー", "エフ", "ジー", "エイチ", "アイ", "ジェイ", "ケイ", "エル", "エム", "エヌ",
          "オー", "ピー", "キュー", "アール", "エス", "ティー", "ユー", "ブイ", "ダブリュ", "エックス", "ワイ", "ゼット");

  private static final List<String> DIGITS =
      List.of("ゼロ", "イチ", "ニ", "サン", "ヨン", "ゴ", "ロク", "ナナ", "ハチ", "キュウ");

  private static final Map<Character, String> SYMBOLS =
      Map.of('#', "シャープ", '%', "パーセント", '+', "プラス", '=', "イコール", '?', "疑問符", '@', "アット");

  /** {@code text} in groups of four that an eye can keep; a login ID's two letters stand apart. */
  static List<List<Spelling>> groups(char[] text) {
    List<Spelling> spelt = new ArrayList<>(text.length);
    for (char character : text) {
      spelt.add(of(character));
    }
    List<List<Spelling>> groups = new ArrayList<>();
    int from = 0;
    int to = text.length % GROUP == 0 ? GROUP : text.length % GROUP;
    while (from < text.length) {
      groups.add(List.copyOf(spelt.subList(from, to)));
      from = to;
      to += GROUP;
    }
    return groups;
  }

  private static Spelling of(char c) {
    if (c >= 'A' && c <= 'Z') {
      return new Spelling(c, "大文字", LETTERS.get(c - 'A'));
    }
    if (c >= 'a' && c <= 'z') {
      return new Spelling(c, "小文字", LETTERS.get(c - 'a'));
    }
    if (c >= '0' && c <= '9') {
      return new Spelling(c, "数字", DIGITS.get(c - '0'));
    }
    return new Spelling(c, "記号", SYMBOLS.getOrDefault(c, "記号"));
  }

  /** Such as 大文字エイ or 数字の3. */
  String spoken() {
    return switch (kind) {
      case "数字" -> "数字の" + character;
      case "記号" -> "記号" + reading;
      default -> kind + reading;
    };
  }

  /** Never the character: it may be one of a password. */
  @Override
  public String toString() {
    return "Spelling[redacted]";
  }
}
