/** A shell script as text, embedded when the program is built. */
declare module '*.sh' {
  const text: string;
  export default text;
}
