import './styles/all.css';
import { start } from './app/start.js';
import { embeddedSource } from './source/embedded-source.js';

start(embeddedSource());
