package dev.inkan.server.config;

import dev.inkan.server.config.Problem.Origin;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A YAML text as flat keys, each with the line it stands in, and what is wrong with its form: the
 * usual readers tell neither lines nor all problems at once. Lives for one reading.
 */
final class YamlSource {

  private static final int DEEPEST = 6;

  private final String file;
  private final Map<String, Value> values = new LinkedHashMap<>();
  private final List<Problem> problems = new ArrayList<>();

  /** A value and where it was written. */
  record Value(String text, Origin origin) {}

  private YamlSource(String file) {
    this.file = file;
  }

  static YamlSource read(String file, String text) {
    YamlSource source = new YamlSource(file);
    source.refuseTabs(text);
    if (source.problems.isEmpty()) {
      source.compose(text);
    }
    return source;
  }

  /** The values by key, without those that have none. */
  Map<String, Value> values() {
    return values;
  }

  List<Problem> problems() {
    return problems;
  }

  private void refuseTabs(String text) {
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).indexOf('\t') >= 0) {
        report(i + 1, "", "there is a tab", "spaces", "replace it by two spaces");
      }
    }
  }

  private void compose(String text) {
    LoaderOptions options = new LoaderOptions();
    options.setMaxAliasesForCollections(0);
    try {
      Node root = new Yaml(options).compose(new StringReader(text));
      if (root instanceof MappingNode mapping) {
        walk(mapping, "", 1);
      } else if (root != null) {
        report(lineOf(root), "", "this is not a mapping", "KEY: VALUE lines", "write it so");
      }
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      report(line, "", "this is not YAML: " + e.getProblem(), "", "mend this line");
    } catch (YAMLException e) {
      report(1, "", "this is not YAML", "printable UTF-8 without anchors", "remove the rest");
    }
  }

  private void walk(MappingNode mapping, String prefix, int depth) {
    if (depth > DEEPEST) {
      report(lineOf(mapping), prefix, "this is too deep", "", "remove it");
      return;
    }
    Map<String, Integer> seen = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      int line = lineOf(tuple.getKeyNode());
      if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
        report(line, prefix, "a key must be a word", "", "write KEY: VALUE");
        continue;
      }
      String key = prefix + name.getValue();
      Integer before = seen.putIfAbsent(name.getValue(), line);
      if (before != null) {
        report(line, key, "is there twice, first in line " + before, "once", "remove one");
        continue;
      }
      take(key, line, tuple.getValueNode(), depth);
    }
  }

  private void take(String key, int line, Node value, int depth) {
    if (value instanceof MappingNode section) {
      walk(section, key + ".", depth + 1);
    } else if (value instanceof ScalarNode scalar) {
      if (Tag.NULL.equals(scalar.getTag())) {
        report(line, key, "has no value", "", "write a value, or remove the line");
      } else {
        values.put(key, new Value(scalar.getValue(), Origin.line(file, line)));
      }
    } else {
      report(line, key, "is a list", "one value", "write KEY: VALUE");
    }
  }

  private void report(int line, String key, String wrong, String allowed, String mend) {
    problems.add(new Problem(Origin.line(file, line), key, wrong, allowed, mend));
  }

  private static int lineOf(Node node) {
    return node.getStartMark().getLine() + 1;
  }
}
