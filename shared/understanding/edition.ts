/** Which edition of the built-in words and grammar this is: findings are kept by it. To be raised with every change of them. */
export const EDITION = 3;
