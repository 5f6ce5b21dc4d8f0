/** What XML 1.0 cannot carry at all, not even escaped (production 2, Char). */
const unwritable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

export const isWritable = (text: string): boolean => text.search(unwritable) < 0;

/**
 * Text that XML can carry: control characters and lone surrogates become U+FFFD, visibly. For free text that comes
 * from users (a profile, a chat), where one stray byte must not keep a report from being filed.
 */
export const writableText = (text: string): string => text.replace(unwritable, '\u{FFFD}');
