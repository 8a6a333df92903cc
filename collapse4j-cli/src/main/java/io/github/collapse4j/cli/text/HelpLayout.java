package io.github.collapse4j.cli.text;

import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_COMMAND_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_OPTION_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_PARAMETER_LIST;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS;
import static picocli.CommandLine.Model.UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING;

import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.IHelpSectionRenderer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Help that is as wide as the terminal, but at most 100 characters. picocli would break words at full stops and commands at
 * any space, and knows no terminal narrower than 55. Here it makes a single line of each paragraph, which is then broken
 * between words, and a command in such a way that it can be pasted.
 */
public final class HelpLayout {
    private static final int UNBROKEN = 4000;
    private static final int USUAL = 80;
    private static final int MAX_WIDTH = 100;

    /** Descriptions that would have less room beside a name are put below it. */
    private static final int MIN_ROOM = 40;

    private static final Set<String> LISTS = Set.of(SECTION_KEY_PARAMETER_LIST, SECTION_KEY_COMMAND_LIST);
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern COMMAND = Pattern.compile("  (?:\\./)?collapse4j ");
    private static final Pattern NAME = Pattern.compile("(?m)^ +(?:-\\w, +)?\\S+  +(?=\\S)");

    private final int width;

    private HelpLayout(int width) {
        this.width = width;
    }

    /** Has a command line and all its commands print their help for this terminal. */
    public static CommandLine apply(CommandLine commands) {
        if (TerminalBar.isDumb()) {
            commands.setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF));
        }
        int columns = TerminalWidth.COLUMNS;
        return apply(commands, columns == Integer.MAX_VALUE ? USUAL : Math.min(columns, MAX_WIDTH));
    }

    static CommandLine apply(CommandLine commands, int width) {
        HelpLayout layout = new HelpLayout(width);
        Map<String, IHelpSectionRenderer> sections = new CommandLine(CommandSpec.create()).getHelpSectionMap();
        Map<String, IHelpSectionRenderer> wrapped = new LinkedHashMap<>();
        sections.forEach((key, section) -> wrapped.put(
                key,
                LISTS.contains(key)
                        ? help -> layout.list(section.render(help))
                        : help -> layout.prose(section.render(help))));
        wrapped.computeIfPresent(SECTION_KEY_PARAMETER_LIST, (key, parameters) -> help -> {
            String list = parameters.render(help);
            return list.isEmpty() ? "" : System.lineSeparator() + list;
        });
        wrapped.put(SECTION_KEY_OPTION_LIST, layout::options);
        wrapped.put(SECTION_KEY_SYNOPSIS_HEADING, help -> ""); // in the first line of the synopsis
        wrapped.put(
                SECTION_KEY_SYNOPSIS,
                help -> layout.prose(help.synopsisHeading() + help.synopsis(help.synopsisHeadingLength())));
        return commands.setUsageHelpWidth(UNBROKEN).setHelpSectionMap(wrapped);
    }

    private String prose(String section) {
        StringBuilder text = new StringBuilder();
        section.lines().forEach(line -> {
            int indent = line.length() - line.stripLeading().length();
            boolean isCommand = COMMAND.matcher(line).lookingAt();
            boolean isSynopsis = line.matches("(Usage: | {7})\\S*collapse4j .*");
            wrap(line, isCommand || isSynopsis ? indent + 4 : indent, isCommand ? " \\" : "", text);
        });
        return text.toString();
    }

    /** The options of a command by what they are about; its own come first. */
    private String options(Help help) {
        List<OptionSpec> options = help.commandSpec().options().stream()
                .filter(option -> !option.hidden())
                .toList();
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        groups.put("", new ArrayList<>());
        options.forEach(option -> groups.computeIfAbsent(heading(option), none -> new ArrayList<>())
                .add(option));
        boolean isFirst = help.commandSpec().positionalParameters().isEmpty();
        StringBuilder text = new StringBuilder(isFirst ? System.lineSeparator() : "");
        groups.forEach((heading, group) -> {
            Help.Layout columns = help.createDefaultLayout(options, List.of(), help.colorScheme());
            columns.addAllOptions(group, help.parameterLabelRenderer());
            text.append(heading.isEmpty() ? "" : System.lineSeparator() + heading + ":" + System.lineSeparator())
                    .append(list(columns.toString()));
        });
        return text.toString();
    }

    private static String heading(OptionSpec option) {
        if (!(option.userObject() instanceof Field field)) {
            return "";
        }
        OptionGroup own = field.getAnnotation(OptionGroup.class);
        OptionGroup group = own == null ? field.getDeclaringClass().getAnnotation(OptionGroup.class) : own;
        return group == null ? "" : group.value();
    }

    /** Names with a column of descriptions. */
    private String list(String section) {
        Matcher name = NAME.matcher(COLOUR.matcher(section).replaceAll(""));
        int column = name.find() ? name.end() - name.start() : 0;
        StringBuilder text = new StringBuilder();
        section.lines().forEach(line -> {
            int description = rawIndex(line, column);
            if (width >= column + MIN_ROOM) {
                wrap(line, column + 2, "", text);
            } else if (column > 0 && description < line.length() && line.charAt(description - 1) == ' ') {
                String before = line.substring(0, description).stripTrailing();
                text.append(before.isEmpty() ? "" : before + System.lineSeparator());
                wrap(" ".repeat(8) + line.substring(description), 8, "", text);
            } else {
                wrap(line, 8, "", text);
            }
        });
        return text.toString();
    }

    /** Breaks a line at spaces; the mark ends each part but the last, and the parts after the first are indented. */
    private void wrap(String line, int indent, String mark, StringBuilder text) {
        String rest = line;
        while (COLOUR.matcher(rest).replaceAll("").length() > width) {
            int end = placeToBreak(rest, rawIndex(rest, width - mark.length()));
            if (end < 0) {
                break;
            }
            text.append(rest.substring(0, end).stripTrailing()).append(mark).append(System.lineSeparator());
            rest = " ".repeat(indent) + rest.substring(end).stripLeading();
        }
        text.append(rest).append(System.lineSeparator());
    }

    /** The last space up to an index, or before an option where a line is a command; otherwise the first after it, or -1. */
    private static int placeToBreak(String line, int last) {
        int start = line.length() - line.stripLeading().length();
        int option = COMMAND.matcher(line).lookingAt() ? line.lastIndexOf(" --", last) : -1;
        int space = option > start ? option : line.lastIndexOf(' ', last);
        return space > start ? space : line.indexOf(' ', Math.max(last, start));
    }

    /** Where in a line with colours the visible character of this index is, or the end of the line. */
    private static int rawIndex(String line, int visible) {
        Matcher colour = COLOUR.matcher(line);
        int raw = visible;
        while (colour.find() && colour.start() < raw) {
            raw += colour.end() - colour.start();
        }
        return Math.min(raw, line.length());
    }
}
